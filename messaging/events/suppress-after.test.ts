import { eq, gt, isNull, or } from "drizzle-orm";
import { expect } from "vitest";
import { readDigestChoice } from "#db/queries/digests";
import { auditEvents, communicationLogs, consentEvents, suppressions, users } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import { after, bounce, clock, createSent, statusOf, suppressed, tell } from "../../test/support/told.ts";

const day = 86_400;

test.for<[string, (recipient: string) => string[], boolean]>([
  ["nobody", () => [], false],
  ["somebody else", () => ["boss@example.com"], false],
  ["several", (recipient) => ["boss@example.com", recipient, "all@example.com"], true],
  ["the recipient, written otherwise", (recipient) => [`Ada <${recipient.toUpperCase()}>`], true],
])("B53: a bounce that names %s stops the message's own recipient at most", async ([, name, isStopped], { tx }) => {
  const message = await createSent(tx);
  await tell(tx, "bounced", message, { to: name(message.recipient ?? ""), data: bounce("Permanent") });
  expect(await suppressed(tx)).toEqual(isStopped ? [[message.recipient, "bounced"]] : []);
  expect(await statusOf(tx, message)).toMatchObject({ status: "bounced" });
});

test("E54: after a hard bounce of the first email the run's later email stays away, and its notification comes", async ({
  tx,
}) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const [first, second, note] = [
    await createTemplate(tx),
    await createTemplate(tx),
    await createTemplate(tx, { channel: "in_app" }),
  ];
  const action = (type: string, template: { id: number }) => ({ type, params: { template_id: template.id } });
  await createWorkflow(tx, {
    steps: [
      { id: 1, action: action("send_email", first) },
      { id: 2, wait: { days: 3 } },
      { id: 3, action: action("send_email", second) },
      { id: 4, action: action("send_in_app_notification", note) },
    ],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  const message = one(await tx.select().from(communicationLogs));
  await tell(tx, "bounced", message, { data: bounce("Permanent") });
  // That some server took something later lifts nothing.
  await tell(tx, "delivered", message);

  const later = after(3 * day + 3_600);
  await runDueSteps(tx, () => later);
  await deliver(tx, later, mailbox.provider);
  const all = await tx.select().from(communicationLogs).orderBy(communicationLogs.stepId);
  expect(all).toMatchObject([
    { stepId: 1, status: "bounced" },
    { stepId: 3, status: "skipped", reason: "suppressed_address" },
    { stepId: 4, channel: "in_app", status: "sent" },
  ]);
  expect(mailbox.taken()).toHaveLength(1);
});

test("E55: a delay changes nothing, and five soft bounces in thirty days give an address thirty days' rest", async ({
  tx,
}) => {
  const recipient = "full@example.com";
  const softly = async (type: string, at: number) => {
    const message = await createSent(tx, { recipient });
    await tell(tx, "bounced", message, { at, data: bounce(type) });
    return statusOf(tx, message);
  };
  expect(await tell(tx, "delivery_delayed", await createSent(tx, { recipient }), { at: 0 })).toBe("applied");
  // The first is too long ago for the fifth, and not for the fourth.
  for (const [days, type] of [
    [0, "Transient"],
    [10, "Undetermined"],
    [20, "transient"],
    [29, "Transient"],
  ] as const) {
    expect(await softly(type, days * day)).toMatchObject({ status: "sent", dueAt: null });
  }
  await softly("Transient", 30.5 * day);
  expect(await suppressed(tx)).toEqual([]);
  await softly("Transient", 31 * day);
  const until = new Date(after(61 * day).now);
  expect(await tx.select().from(suppressions)).toMatchObject([{ reason: "soft_bounces", until }]);
  // One that is told late, of an earlier day, does not end the rest sooner.
  await softly("Transient", 30 * day);
  expect(await tx.select().from(suppressions)).toMatchObject([{ until }]);
  await tell(tx, "bounced", await createSent(tx, { recipient }), { at: 32 * day, data: bounce("Permanent") });
  expect(await tx.select().from(suppressions).orderBy(suppressions.reason)).toMatchObject([
    { reason: "bounced", until: null },
    { reason: "soft_bounces", until },
  ]);
});

test("E56: a complaint stops the address and takes the member's yes to advertising back, on record", async ({ tx }) => {
  const member = await createMember(tx);
  const message = await createSent(tx, { memberId: member.id, recipient: member.email });
  await tell(tx, "complained", message);
  await tell(tx, "complained", message);
  expect(await statusOf(tx, message)).toMatchObject({ status: "complained" });
  expect(await suppressed(tx)).toEqual([[member.email, "complained"]]);
  const said = await tx.select().from(consentEvents).orderBy(consentEvents.id);
  expect(said.map(({ isGranted, source, class: kind, channel }) => [isGranted, source, kind, channel])).toEqual([
    [true, "test", "marketing", "email"],
    [false, "complaint", "marketing", "email"],
  ]);
  const [entry] = await tx.select().from(auditEvents);
  expect(entry).toMatchObject({ action: "message.complained", subjectId: message.id, after: { memberId: member.id } });
});

test("E56: a complaint about a digest turns it off, and says nothing of advertising", async ({ tx }) => {
  const trainer = await createMember(tx, { role: "staff", emailConsent: null });
  const message = await createSent(tx, { class: "digest", memberId: trainer.id, recipient: trainer.email });
  await tell(tx, "complained", message);
  expect(await readDigestChoice(tx, trainer.id)).toBe(false);
  expect(await tx.select().from(consentEvents)).toMatchObject([
    { memberId: trainer.id, class: "digest", isGranted: false, source: "complaint" },
  ]);
});

test("a complaint about a message of nobody's, or of somebody who was erased, stops the address alone", async ({
  tx,
}) => {
  const erased = await createMember(tx);
  await tx.update(users).set({ erasedAt: clock.now }).where(eq(users.id, erased.id));
  for (const memberId of [null, erased.id]) {
    await tell(tx, "complained", await createSent(tx, { memberId }));
  }
  expect(await suppressed(tx)).toHaveLength(2);
  expect(await tx.select().from(consentEvents).where(eq(consentEvents.source, "complaint"))).toEqual([]);
});

test("E57: the suppression is the address's: a corrected one works, and whoever takes the old one is stopped", async ({
  tx,
}) => {
  const member = await createMember(tx, { visits: ["2026-01-01"], email: "typo@example.com" });
  const message = await createSent(tx, { memberId: member.id, recipient: "typo@example.com" });
  await tell(tx, "bounced", message, { data: bounce("Permanent") });
  await tx.update(users).set({ email: "right@example.com" });
  await createMember(tx, { visits: ["2026-01-01"], email: " Typo@Example.com" });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken().map(({ to }) => to)).toEqual(["right@example.com"]);
});

test("an address that a person has freed is stopped again by what would have stopped it", async ({ tx }) => {
  const recipient = "freed@example.com";
  await tell(tx, "complained", await createSent(tx, { recipient }));
  const free = () => tx.update(suppressions).set({ until: clock.now });
  await free();
  const inForce = () =>
    tx
      .select()
      .from(suppressions)
      .where(or(isNull(suppressions.until), gt(suppressions.until, clock.now)));
  for (const again of [1, 2]) {
    await tell(tx, "bounced", await createSent(tx, { recipient }), { at: again, data: bounce("Permanent") });
    expect(await inForce()).toMatchObject([{ reason: "bounced", until: null }]);
    await free();
  }
  expect(await inForce()).toEqual([]);
  for (let time = 0; time < 5; time++) {
    await tell(tx, "bounced", await createSent(tx, { recipient }), { at: 60, data: bounce("Transient") });
  }
  const until = after(60 + 30 * day).now;
  expect(await inForce()).toMatchObject([{ reason: "soft_bounces", until }]);
});
