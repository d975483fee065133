import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { recordVisits } from "#db/queries/visits";
import {
  automationLogs,
  automationWorkflows,
  communicationLogs,
  communicationTemplates,
  consentEvents,
  notifications,
  users,
  workflowRuns,
} from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";
import { claimMessages } from "./claim-messages.ts";

const clock = clockAt("2026-11-22");
const later = (hours: number) => ({ ...clock, now: new Date(clock.now.getTime() + hours * 3_600_000) });

/** One absent member, and the workflow's one message queued for them. */
async function queueOne(tx: Tx, channel: "email" | "in_app", member: Parameters<typeof createMember>[1] = {}) {
  const created = await createMember(tx, { visits: ["2026-01-01"], ...member });
  const template = await createTemplate(tx, { channel });
  const type = channel === "email" ? "send_email" : "send_in_app_notification";
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type, params: { template_id: template.id } } }],
    exitWhen: [{ type: "visited_since_start", params: {} }],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  return created;
}

const messageOf = async (tx: Tx) => (await tx.select().from(communicationLogs))[0];
const logOf = async (tx: Tx) => (await tx.select().from(automationLogs))[0];

test("an email is handed over once, and only then is the step a success", async ({ tx }) => {
  const member = await queueOne(tx, "email", { firstName: "Lea <b>" });
  expect(await logOf(tx)).toMatchObject({ outcome: "queued", success: false });
  const mailbox = createMailbox();
  expect(await deliver(tx, clock, mailbox.provider)).toEqual({ messages: 1, failed: 0, waiting: 0 });
  expect(await deliver(tx, clock, mailbox.provider)).toEqual({ messages: 0, failed: 0, waiting: 0 });
  expect(mailbox.taken()).toMatchObject([{ to: member.email, subject: "Hello Lea <b>" }]);
  expect(mailbox.taken()[0]?.html).toContain("Good to see you, Lea &lt;b&gt;.");
  expect(mailbox.taken()[0]?.headers["List-Unsubscribe"]).toBe(`<https://app.example/api/unsubscribe/${member.id}>`);
  expect(await messageOf(tx)).toMatchObject({ status: "sent", recipient: member.email, dueAt: null });
  expect(await logOf(tx)).toMatchObject({ outcome: "done", success: true });
});

test("a notification lies in the center and leaves its row among the messages", async ({ tx }) => {
  const member = await queueOne(tx, "in_app");
  await deliver(tx, clock, createMailbox().provider);
  expect(await tx.select().from(notifications)).toMatchObject([
    { memberId: member.id, title: "Hello Ada", readAt: null },
  ]);
  expect(await messageOf(tx)).toMatchObject({ channel: "in_app", status: "sent", recipient: `member_${member.id}` });
  expect(await logOf(tx)).toMatchObject({ outcome: "done", success: true });
});

test.for<[string, "email" | "in_app", Parameters<typeof createMember>[1], string]>([
  ["said no to marketing email", "email", { emailConsent: false }, "no_consent"],
  ["was never asked about email", "email", { emailConsent: null }, "no_consent"],
  ["has no address", "email", { email: null }, "no_address"],
])("who %s gets nothing, and the log says why", async ([, channel, member, reason], { tx }) => {
  await queueOne(tx, channel, member);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken()).toEqual([]);
  expect(await messageOf(tx)).toMatchObject({ status: "skipped", reason, sentAt: null });
  expect(await logOf(tx)).toMatchObject({ outcome: "skipped", success: false, reason });
});

test.for<[string, (tx: Tx, memberId: number) => Promise<unknown>, string]>([
  [
    "opted out",
    (tx, memberId) =>
      tx
        .insert(consentEvents)
        .values({ memberId, channel: "email", class: "marketing", isGranted: false, source: "test" }),
    "no_consent",
  ],
  [
    "bounced",
    (tx) =>
      tx.execute(sql`
        insert into suppressions (channel, address_hash, reason)
        select 'email', encode(sha256(convert_to(lower(email), 'UTF8')), 'hex'), 'bounced' from users`),
    "suppressed_address",
  ],
  [
    "came to train",
    (tx, memberId) =>
      recordVisits(tx, [{ memberId, visitedAt: new Date(clock.now.getTime() + 1_000), kind: "checkin" }], clock),
    "exited",
  ],
  ["was erased", (tx) => tx.update(users).set({ erasedAt: clock.now }), "member_gone"],
  ["paused everything", (tx) => tx.update(users).set({ pausedUntil: "2026-12-24" }), "left_audience"],
])("who %s after the step and before the hand-over gets nothing", async ([, happen, reason], { tx }) => {
  const member = await queueOne(tx, "email");
  await happen(tx, member.id);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken()).toEqual([]);
  expect(await messageOf(tx)).toMatchObject({ status: "skipped", reason });
});

test("a service email needs no yes", async ({ tx }) => {
  await queueOne(tx, "email", { emailConsent: null });
  await tx.update(communicationLogs).set({ class: "service" });
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken()).toHaveLength(1);
});

test("a workflow that is switched off keeps its messages back", async ({ tx }) => {
  await queueOne(tx, "email");
  await tx.update(automationWorkflows).set({ isEnabled: false });
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken()).toEqual([]);
  expect(await messageOf(tx)).toMatchObject({ status: "queued" });
});

test("a message more than 48 hours late stays away", async ({ tx }) => {
  await queueOne(tx, "email");
  await deliver(tx, later(48.1), createMailbox().provider);
  expect(await messageOf(tx)).toMatchObject({ status: "skipped", reason: "expired_too_late" });
});

test("E67: what the provider could not take is tried again, the same bytes under the same key", async ({ tx }) => {
  await queueOne(tx, "email");
  const outcomes: ("retry" | "unknown")[] = ["retry", "unknown"];
  const seen: string[] = [];
  const mailbox = createMailbox((message) => {
    seen.push(`${message.idempotencyKey} ${message.subject}`);
    const outcome = outcomes.shift();
    return outcome ? { messageId: message.messageId, outcome, error: "503" } : null;
  });
  expect(await deliver(tx, clock, mailbox.provider)).toMatchObject({ messages: 0, waiting: 1 });
  await tx.update(communicationTemplates).set({ subject: "Edited meanwhile" });
  expect(await deliver(tx, clock, mailbox.provider)).toMatchObject({ messages: 0 });
  expect(await deliver(tx, later(1), mailbox.provider)).toMatchObject({ waiting: 1 });
  expect(await deliver(tx, later(2), mailbox.provider)).toMatchObject({ messages: 1 });
  expect(new Set(seen).size).toBe(1);
  expect(mailbox.taken()).toHaveLength(1);
});

test("the pause before the next try grows with the tries that failed, not with the workers that were killed", async ({
  tx,
}) => {
  await queueOne(tx, "email");
  const { provider } = createMailbox(({ messageId }) => ({ messageId, outcome: "unknown", error: "503" }));
  const pauses: number[] = [];
  for (const hours of [0, 1, 2]) {
    const { now } = later(hours);
    for (let time = 0; time < 5; time++) {
      await claimMessages(tx, "email", { ...clock, now }, { limit: 1, leaseMs: -1 });
    }
    await deliver(tx, { ...clock, now }, provider);
    const { dueAt } = (await messageOf(tx)) ?? {};
    pauses.push(((dueAt?.getTime() ?? 0) - now.getTime()) / 60_000);
  }
  expect(pauses).toEqual([1, 2, 4]);
  expect(await messageOf(tx)).toMatchObject({ attempts: 3 });
});

test("a hand-over of unknown outcome stays one, whatever the next try is told", async ({ tx }) => {
  const member = await queueOne(tx, "email");
  const outcomes: ("retry" | "unknown")[] = ["unknown", "retry"];
  const mailbox = createMailbox(({ messageId }) => ({ messageId, outcome: outcomes.shift() ?? "retry", error: "429" }));
  await deliver(tx, clock, mailbox.provider);
  await deliver(tx, later(1), mailbox.provider);
  expect((await messageOf(tx))?.firstTriedAt).toEqual(clock.now);
  const refusal = { channel: "email", class: "marketing", isGranted: false, source: "test" } as const;
  await tx.insert(consentEvents).values({ memberId: member.id, ...refusal });
  await deliver(tx, later(2), mailbox.provider);
  expect(await messageOf(tx)).toMatchObject({ status: "unconfirmed", reason: "no_consent" });
});

test("a hand-over of unknown outcome is not repeated once its key may be forgotten", async ({ tx }) => {
  await queueOne(tx, "email");
  const mailbox = createMailbox(({ messageId }) => ({ messageId, outcome: "unknown", error: "reset" }));
  await deliver(tx, clock, mailbox.provider);
  await deliver(tx, later(23.1), mailbox.provider);
  expect(await messageOf(tx)).toMatchObject({ status: "unconfirmed" });
});

test("a provider that knows no keys is never handed the same message twice", async ({ tx }) => {
  await queueOne(tx, "email");
  const mailbox = createMailbox(({ messageId }) => ({ messageId, outcome: "unknown", error: "lost after DATA" }));
  await deliver(tx, clock, { ...mailbox.provider, recognises: "nothing" });
  expect(await messageOf(tx)).toMatchObject({ status: "unconfirmed", reason: "unknown_outcome" });
  expect(mailbox.taken()).toHaveLength(1);
});

test("a provider that hangs is left after its time, and the message is tried again", async ({ tx }) => {
  await queueOne(tx, "email");
  const { provider } = createMailbox();
  await deliver(tx, clock, { ...provider, send: () => new Promise(() => {}) }, { sendTimeoutMs: 20 });
  expect(await messageOf(tx)).toMatchObject({ status: "queued", errorMessage: "No answer within 0.02 s" });
});

test("one refused recipient fails alone", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"], email: "bad@example.com" });
  await queueOne(tx, "email");
  const mailbox = createMailbox(({ messageId, to }) =>
    to === "bad@example.com" ? { messageId, outcome: "refused", error: "invalid `to`" } : null,
  );
  expect(await deliver(tx, clock, mailbox.provider)).toEqual({ messages: 1, failed: 1, waiting: 0 });
  const { rows } = await tx.execute(sql`select outcome, error_message as error from automation_logs order by outcome`);
  expect(rows).toEqual([
    { outcome: "done", error: null },
    { outcome: "failed", error: "invalid `to`" },
  ]);
});

test("a template that comes out empty fails its message, not the others", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"], firstName: "" });
  await queueOne(tx, "email");
  await tx.execute(sql`
    update template_versions set content = jsonb_set(content, '{subject}', '"{{ member_first_name }}"')`);
  expect(await deliver(tx, clock, createMailbox().provider)).toMatchObject({ messages: 1, failed: 1 });
});

test.for(["email", "in_app"] as const)(
  "E92: an %s message whose workflow this program cannot read waits for one that can, for 48 hours",
  async (channel, { tx }) => {
    await queueOne(tx, channel);
    await tx.execute(sql`update workflow_versions set exit_when = '[{"type": "full_moon"}]'`);
    const mailbox = createMailbox();
    const { waiting } = await deliver(tx, clock, mailbox.provider);
    expect(waiting).toBe(1);
    expect(await messageOf(tx)).toMatchObject({ status: "queued", firstTriedAt: null, attempts: 0, leaseToken: null });
    await deliver(tx, later(49), mailbox.provider);
    expect(await messageOf(tx)).toMatchObject({ status: "skipped", reason: "definition_invalid" });
    expect(await logOf(tx)).toMatchObject({ outcome: "skipped", reason: "definition_invalid" });
    expect(mailbox.taken()).toEqual([]);
  },
);

test.for<[string, Record<string, unknown>, object]>([
  [
    "too large to be read",
    { bodyHtml: `${"x".repeat(500_001)}{{ member_first_name | upcase }}` },
    { status: "failed", reason: "template_broken" },
  ],
  [
    "that writes a character which cannot be stored",
    { bodyHtml: `<p>{{ "\\u0000" }}</p>` },
    { status: "failed", reason: "template_broken" },
  ],
  ["stored with translations that are none", { translations: null }, { status: "queued", attempts: 0 }],
])("E96: a template %s keeps nobody else's message waiting", async ([, broken, becomes], { tx }) => {
  await queueOne(tx, "email", { language: "de" });
  const { id } = await createTemplate(tx);
  const translations = broken.translations === null ? sql`'null'::jsonb` : undefined;
  await tx
    .update(communicationTemplates)
    .set({ ...broken, ...(translations && { translations }) })
    .where(eq(communicationTemplates.id, id));
  await createWorkflow(tx, {
    trigger: { type: "low_engagement", params: { inactive_days: 31 } },
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: id } } }],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken()).toHaveLength(1);
  const messages = await tx.select().from(communicationLogs).orderBy(communicationLogs.id);
  expect(messages).toMatchObject([{ status: "sent" }, { ...becomes, templateId: id }]);
});

test("E43: who left the audience between the step and the hand-over has left the run, too", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  const [first, second] = [await createTemplate(tx), await createTemplate(tx)];
  const send = (id: number, template: { id: number }) => ({
    id,
    action: { type: "send_email", params: { template_id: template.id } },
  });
  await createWorkflow(tx, { steps: [send(1, first), { id: 2, wait: { days: 3 } }, send(3, second)] });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  await tx.update(users).set({ status: "frozen" }).where(eq(users.id, member.id));
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "exited", reason: "left_audience" }]);

  await tx.update(users).set({ status: "active" });
  await runDueSteps(tx, () => later(73));
  await deliver(tx, later(73), mailbox.provider);
  expect(mailbox.taken()).toEqual([]);
});
