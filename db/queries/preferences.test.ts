import { eq, sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import type { Tx } from "#db/client";
import { communicationLogs, consentEvents, messageBodies, suppressions, users } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { type Choice, nameOfChoice, readChoices } from "#lib/message-choices";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import { readPreferences, recordAnswers, resumeEmail, stopEmail } from "./preferences.ts";
import { unsubscribe } from "./unsubscribe.ts";

const clock = clockAt("2026-11-22");
const yes = readChoices("marketing.email.on").map((choice) => ({
  ...choice,
  wording: "Send me advertising by email.",
}));
const ledger = (tx: Tx) => tx.select().from(consentEvents).orderBy(consentEvents.id);

async function listOn(tx: Tx, memberId: number) {
  const { choices = [] } = (await readPreferences(tx, memberId)) ?? {};
  return choices.filter((choice: Choice) => choice.isGranted).map(nameOfChoice);
}

test("who said nothing gets all but advertising by email and SMS, and newer words count more", async ({ tx }) => {
  const { id } = await createMember(tx, { emailConsent: null, language: "it" });
  expect(await listOn(tx, id)).toEqual(["marketing.in_app", "service.email", "service.sms", "service.in_app"]);
  await recordAnswers(tx, id, yes, "preferences");
  await recordAnswers(
    tx,
    id,
    readChoices("service.sms.off").map((choice) => ({ ...choice, wording: "…" })),
    "preferences",
  );
  expect(await listOn(tx, id)).toEqual(["marketing.email", "marketing.in_app", "service.email", "service.in_app"]);
  expect(await readPreferences(tx, id)).toMatchObject({ language: "it", isEmailStopped: false });
});

test("S36: the ledger keeps what was said, how, and which sentence it answered", async ({ tx }) => {
  const { id } = await createMember(tx);
  await unsubscribe(tx, id, "unsubscribe_page", "Von Werbung per E-Mail abmelden");
  await recordAnswers(tx, id, yes, "unsubscribe_page");
  await unsubscribe(tx, id, "one_click");
  const email = { memberId: id, channel: "email", class: "marketing", createdAt: expect.any(Date) };
  expect((await ledger(tx)).slice(1)).toMatchObject([
    { ...email, isGranted: false, source: "unsubscribe_page", wording: "Von Werbung per E-Mail abmelden" },
    { ...email, isGranted: true, source: "unsubscribe_page", wording: "Send me advertising by email." },
    { ...email, isGranted: false, source: "one_click", wording: null },
  ]);
});

test("who was erased says nothing any more", async ({ tx }) => {
  const { id } = await createMember(tx, { emailConsent: null });
  await tx.update(users).set({ erasedAt: clock.now }).where(eq(users.id, id));
  expect(await readPreferences(tx, id)).toBeNull();
  await recordAnswers(tx, id, yes, "preferences");
  await stopEmail(tx, id, "Stop everything", "unsubscribe_page");
  await resumeEmail(tx, id, yes, "unsubscribe_page");
  expect(await ledger(tx)).toEqual([]);
  expect(await tx.select().from(suppressions)).toEqual([]);
});

describe("an address that two members share", () => {
  async function createCouple(tx: Tx) {
    const her = await createMember(tx, { email: "Couple@Example.com", visits: ["2026-01-01"] });
    const him = await createMember(tx, { email: " couple@example.COM ", visits: ["2026-01-01"] });
    const template = await createTemplate(tx);
    await createWorkflow(tx, {
      steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
    });
    return { her, him };
  }

  async function outcomes(tx: Tx) {
    await sweep(tx, clock);
    await runDueSteps(tx, () => clock);
    await deliver(tx, clock, createMailbox().provider);
    const messages = await tx.select().from(communicationLogs).orderBy(communicationLogs.memberId);
    return messages.map(({ status, reason }) => reason ?? status);
  }

  test("E46: a link speaks for its member alone", async ({ tx }) => {
    const { her } = await createCouple(tx);
    await unsubscribe(tx, her.id, "unsubscribe_page");
    expect(await outcomes(tx)).toEqual(["no_consent", "sent"]);
  });

  test("E46, E47: stopping the address stops mail to both, in whatever case it is written", async ({ tx }) => {
    const { her, him } = await createCouple(tx);
    await stopEmail(tx, her.id, "Stop everything to C***@Example.com", "unsubscribe_page");
    await stopEmail(tx, her.id, "Stop everything to C***@Example.com", "unsubscribe_page");
    expect(await outcomes(tx)).toEqual(["no_consent", "suppressed_address"]);
    expect(await tx.select().from(suppressions)).toMatchObject([{ reason: "requested", until: null }]);
    expect(await readPreferences(tx, him.id)).toMatchObject({ isEmailStopped: true });
    // What he agreed to is his to change.
    expect(await listOn(tx, him.id)).toContain("marketing.email");
    expect(await listOn(tx, her.id)).toEqual(["marketing.in_app", "service.sms", "service.in_app"]);
  });

  test("mail goes again once either of them asks for it, and only where nothing else forbids it", async ({ tx }) => {
    const { her, him } = await createCouple(tx);
    await stopEmail(tx, her.id, "Stop everything", "unsubscribe_page");
    await resumeEmail(tx, him.id, [], "preferences");
    expect(await outcomes(tx)).toEqual(["no_consent", "sent"]);
  });
});

test("a wish that is taken back lifts neither a bounce nor a complaint, and is one however often it is said", async ({
  tx,
}) => {
  const { id } = await createMember(tx);
  const stop = () => stopEmail(tx, id, "Stop everything", "unsubscribe_page");
  await stop();
  const until = clock.now;
  for (const known of [{ reason: "soft_bounces", until }, { reason: "bounced" }, { reason: "complained" }] as const) {
    await tx.update(suppressions).set(known);
    await stop();
    await stop();
    expect(await tx.$count(suppressions)).toBe(2);
    await resumeEmail(tx, id, [], "unsubscribe_page");
    expect(await tx.select().from(suppressions)).toMatchObject([known]);
  }
});

test("who answered STOP and wants text messages again gets them, and nobody else's number is freed", async ({ tx }) => {
  const { id } = await createMember(tx, { phone: "+41 (0)79 123 45 67" });
  const stop = (number: string) => sql`
    insert into suppressions (channel, address_hash, reason) values ('sms', encode(sha256(${number}::bytea), 'hex'), 'requested')`;
  await tx.execute(stop("+41791234567"));
  await tx.execute(stop("+41790000000"));
  const say = (choices: string) =>
    recordAnswers(
      tx,
      id,
      readChoices(choices).map((choice) => ({ ...choice, wording: "…" })),
      "preferences",
    );
  await say("marketing.email.off,service.sms.off");
  expect(await tx.select().from(suppressions)).toHaveLength(2);
  await say("marketing.sms.on");
  expect(await tx.select().from(suppressions)).toHaveLength(1);
});

test("an address that is stopped still gets its links to sign in", async ({ tx }) => {
  const { id, email } = await createMember(tx);
  await stopEmail(tx, id, "Stop everything", "unsubscribe_page");
  const queued = { channel: "email", class: "sign_in", memberId: id, recipient: email } as const;
  const message = one(
    await tx
      .insert(communicationLogs)
      .values({ ...queued, queuedAt: clock.now, dueAt: clock.now })
      .returning(),
  );
  const letter = { fromAddress: "gym@example.com", fromName: "Gym", subject: "Your link", html: "", text: "Sign in" };
  await tx.insert(messageBodies).values({ messageId: message.id, ...letter });
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken()).toMatchObject([{ to: email, subject: "Your link" }]);
});

test("E49: after a no and a later yes only later occasions are written about", async ({ tx }) => {
  const { id } = await createMember(tx, { visits: ["2026-01-01"] });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await unsubscribe(tx, id, "unsubscribe_page");
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  await recordAnswers(tx, id, yes, "unsubscribe_page");
  await deliver(tx, clock, mailbox.provider);
  await sweep(tx, clockAt("2026-11-23"));
  await runDueSteps(tx, () => clockAt("2026-11-23"));
  await deliver(tx, clockAt("2026-11-23"), mailbox.provider);
  expect(mailbox.taken()).toEqual([]);
  const messages = await tx.select().from(communicationLogs);
  expect(messages.map(({ reason }) => reason)).toEqual(["no_consent"]);
});
