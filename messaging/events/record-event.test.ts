import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { automationLogs, communicationLogs, messageEvents } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import {
  after,
  bounce,
  clock,
  createSent,
  type Message,
  statusOf,
  suppressed,
  type Told,
  tell,
} from "../../test/support/told.ts";
import { resendBody } from "../../test/support/webhooks.ts";
import { applyAllParked, applyParkedEvents, parkUnreadable } from "./parked-events.ts";

const day = 86_400;

test("what Resend tells moves a message on, and never back", async ({ tx }) => {
  const message = await createSent(tx);
  const seen: string[] = [];
  for (const type of ["delivered", "sent", "bounced", "delivered", "failed", "complained", "bounced"]) {
    expect(await tell(tx, type, message, { data: bounce("Permanent") })).toBe("applied");
    seen.push((await statusOf(tx, message)).status);
  }
  expect(seen).toEqual(["delivered", "delivered", "bounced", "bounced", "bounced", "complained", "complained"]);
});

test.for(["failed", "skipped", "cancelled"] as const)(
  "a message that never left and %s keeps its status",
  async (status, { tx }) => {
    const message = await createSent(tx, { status, reason: "gave_up", sentAt: null });
    expect(await tell(tx, "delivered", message)).toBe("applied");
    expect(await statusOf(tx, message)).toMatchObject({ status, reason: "gave_up" });
  },
);

test("an email that failed after it was taken says why, and an arrival outranks that", async ({ tx }) => {
  const message = await createSent(tx);
  await tell(tx, "failed", message, { data: { failed: { reason: "reached_daily_quota" } } });
  const failed = { status: "failed", reason: "refused_by_provider", errorMessage: "reached_daily_quota" };
  expect(await statusOf(tx, message)).toMatchObject(failed);
  await tell(tx, "delivered", message);
  expect(await statusOf(tx, message)).toMatchObject({ status: "delivered", reason: null, errorMessage: null });
});

test("B52: what is told of an unknown message waits a day for it, and no longer", async ({ tx }) => {
  const message = await createSent(tx, { providerMessageId: null });
  expect(await tell(tx, "bounced", message, { emailId: "late", at: 1, data: bounce("Permanent") })).toBe("parked");
  expect(await tell(tx, "delivered", message, { emailId: "never", at: 2 })).toBe("parked");
  expect(await suppressed(tx)).toEqual([]);
  expect(await applyAllParked(tx, after(day))).toEqual({ applied: 0, ignored: 0, unreadable: 0 });

  await tx.update(communicationLogs).set({ providerMessageId: "late" }).where(eq(communicationLogs.id, message.id));
  await applyParkedEvents(tx, [message.id], after(day));
  expect(await statusOf(tx, message)).toMatchObject({ status: "bounced", errorMessage: "550 5.1.1 no such user" });
  expect(await suppressed(tx)).toEqual([[message.recipient, "bounced"]]);

  expect(await applyAllParked(tx, after(day + 3))).toEqual({ applied: 0, ignored: 1, unreadable: 0 });
  const states = await tx.select({ state: messageEvents.state }).from(messageEvents).orderBy(messageEvents.occurredAt);
  expect(states).toEqual([{ state: "applied" }, { state: "ignored" }]);
});

test("an event that came at the same instant as the provider's answer is found by the next look", async ({ tx }) => {
  const message = await createSent(tx, { providerMessageId: null });
  await tell(tx, "delivered", message, { emailId: "same-instant" });
  await tx.update(communicationLogs).set({ providerMessageId: "same-instant" });
  expect(await applyAllParked(tx, after(61))).toEqual({ applied: 1, ignored: 0, unreadable: 0 });
  expect(await statusOf(tx, message)).toMatchObject({ status: "delivered" });
});

const unanswered = { sentAt: null, providerMessageId: null };
const tags = (id: number) => [{ message_id: String(id) }, [{ name: "message_id", value: String(id) }]];

test.for([0, 1])("a message that nobody answered for is told of by our own id, in form %i", async (form, { tx }) => {
  const message = await createSent(tx, { status: "unconfirmed", reason: "unknown_outcome", ...unanswered });
  expect(await tell(tx, "sent", message, { emailId: "p-lost", data: { tags: tags(message.id)[form] } })).toBe(
    "applied",
  );
  const sent = { status: "sent", reason: null, providerMessageId: "p-lost", sentAt: clock.now };
  expect(await statusOf(tx, message)).toMatchObject(sent);
  await tell(tx, "delivered", message, { emailId: "p-lost" });
  expect(await statusOf(tx, message)).toMatchObject({ status: "delivered" });
});

test("the step of a message that nobody answered for is done once its provider tells of it", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const { provider } = createMailbox(({ messageId }) => ({ messageId, outcome: "unknown", error: "timeout" }));
  await deliver(tx, clock, { ...provider, recognises: "nothing" });
  const message = one(await tx.select().from(communicationLogs));
  expect(message).toMatchObject({ status: "unconfirmed" });
  await tell(tx, "sent", message, { emailId: "p-lost", data: { tags: tags(message.id)[0] } });
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "done", success: true }]);
});

test("a message that waits for another try is not tried again once its provider tells of it", async ({ tx }) => {
  const waiting = { status: "queued", dueAt: after(300).now, ...unanswered } as const;
  const message = await createSent(tx, waiting);
  await tell(tx, "delivered", message, { emailId: "p-took-it", data: { tags: tags(message.id)[0] } });
  expect(await statusOf(tx, message)).toMatchObject({ status: "delivered", dueAt: null, sentAt: clock.now });
});

test("what is told while a worker hands the message over waits for that worker's word", async ({ tx }) => {
  const message = await createSent(tx, { status: "queued", dueAt: clock.now, ...unanswered });
  await tx.execute(
    sql`update communication_logs set lease_until = clock_timestamp() + interval '30 s', lease_token = gen_random_uuid()`,
  );
  const told = { emailId: "p-early", data: { tags: tags(message.id)[0] } };
  expect(await tell(tx, "delivered", message, told)).toBe("parked");
  expect(await applyAllParked(tx, after(90))).toEqual({ applied: 0, ignored: 0, unreadable: 0 });
  expect(await statusOf(tx, message)).toMatchObject({ status: "queued" });
  await tx.update(communicationLogs).set({ leaseUntil: null, leaseToken: null, dueAt: null, status: "unconfirmed" });
  expect(await applyAllParked(tx, after(90))).toEqual({ applied: 1, ignored: 0, unreadable: 0 });
  expect(await statusOf(tx, message)).toMatchObject({ status: "delivered", providerMessageId: "p-early" });
});

test.for<[string, Partial<Message>, Told]>([
  ["went to somebody else", {}, { to: ["other@example.com"] }],
  ["was never tried", { firstTriedAt: null }, {}],
  [
    "is known under another id of the provider's",
    { providerMessageId: "p-other", sentAt: clock.now, status: "sent" },
    {},
  ],
])("our own id says nothing of a message that %s", async ([, given, told], { tx }) => {
  const message = await createSent(tx, { status: "unconfirmed", ...unanswered, ...given });
  const tagged = { emailId: "p-foreign", data: { ...bounce("Permanent"), tags: tags(message.id)[0] }, ...told };
  expect(await tell(tx, "bounced", message, tagged)).toBe("parked");
  expect(await statusOf(tx, message)).toMatchObject({ status: message.status });
  expect(await suppressed(tx)).toEqual([]);
});

/** Stored by another version of this program, with a body that this one cannot read. */
const storeUnreadable = (tx: Tx, message: Message, count: number) =>
  tx.execute(sql`
    insert into message_events (provider, event_id, type, provider_message_id, message_id, state, occurred_at, received_at, body)
    select 'resend', 'unreadable-' || n, 'delivered', 'p', ${message.id}, 'parked', now(), ${after(-day).now.toISOString()}, '{}'
    from generate_series(1, ${count}) n`);

test("events that cannot be read stand in nobody's way, and are seen", async ({ tx }) => {
  const message = await createSent(tx, { providerMessageId: null });
  await storeUnreadable(tx, message, 1_100);
  await tell(tx, "delivered", message, { emailId: "p-behind" });
  await tx.update(communicationLogs).set({ providerMessageId: "p-behind" });
  expect(await applyAllParked(tx, after(60))).toEqual({ applied: 1, ignored: 0, unreadable: 1_100 });
  expect(await statusOf(tx, message)).toMatchObject({ status: "delivered" });
  expect(await applyAllParked(tx, after(120))).toEqual({ applied: 0, ignored: 0, unreadable: 0 });
  const states = await tx.execute(sql`select state, count(*)::int as count from message_events group by 1 order by 1`);
  expect(states.rows).toEqual([
    { state: "applied", count: 1 },
    { state: "unreadable", count: 1_100 },
  ]);
});

test("a newer program reads what an older one could not", async ({ tx }) => {
  const message = await createSent(tx);
  await storeUnreadable(tx, message, 1);
  await applyAllParked(tx, after(60));
  await tx.execute(sql`update message_events set body = ${resendBody("email.delivered", { emailId: "p" })}`);
  await parkUnreadable(tx, after(60));
  expect(await applyAllParked(tx, after(60))).toMatchObject({ applied: 1, unreadable: 0 });
});

test("the next events to apply are found in their order, however many wait for their message", async ({ tx }) => {
  const message = await createSent(tx, { providerMessageId: null });
  await tx.execute(sql`
    insert into message_events (provider, event_id, type, provider_message_id, message_id, state, occurred_at, received_at, body)
    select 'resend', 'other-' || n, 'delivered', 'other-' || n, case when n % 10 = 0 then ${message.id}::bigint end,
           case when n % 20 = 0 then 'applied' else 'parked' end, now(), now() - make_interval(secs => n), '{}'
    from generate_series(1, 20000) n`);
  await tx.execute(sql`analyze message_events`);
  const { rows } = await tx.execute<{ "QUERY PLAN": string }>(sql`
    explain select event_id from message_events
    where state = 'parked' and message_id is not null order by received_at, provider, event_id limit 500`);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("message_events_ready");
  expect(plan).not.toContain("Sort");
});

test("G26: what is told of an erased member's message is taken, and not kept", async ({ tx }) => {
  const member = await createMember(tx, { erasedAt: clock.now, email: null });
  const message = await createSent(tx, { memberId: member.id, recipient: null });
  expect(await tell(tx, "delivered", message, { to: ["zoe@example.com"] })).toBe("applied");
  expect(await statusOf(tx, message)).toMatchObject({ status: "delivered" });
  const { rows } = await tx.execute(sql`select body from message_events where message_id = ${message.id}`);
  expect(rows).toEqual([{ body: "" }]);
});
