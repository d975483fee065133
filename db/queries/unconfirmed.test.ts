import { eq } from "drizzle-orm";
import { expect, onTestFinished } from "vitest";
import type { Db } from "#db/client";
import { auditEvents, automationLogs, communicationLogs, messageTexts, templateVersions } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { one } from "#lib/rows";
import { createTestDatabase, test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import { confirmArrival, countUnconfirmed, listUnconfirmed, sendAgain } from "./unconfirmed.ts";

const clock = clockAt("2026-11-22");
const later = { ...clock, now: new Date(clock.now.getTime() + 3_600_000) };

/** A provider that knows no keys, and a connection to it that was lost after it had everything. */
async function loseOne(tx: Db) {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  const admin = await createMember(tx, { role: "admin" });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const { provider } = createMailbox(({ messageId }) => ({ messageId, outcome: "unknown", error: "connection lost" }));
  await deliver(tx, clock, { ...provider, recognises: "nothing" });
  const message = one(await tx.select().from(communicationLogs));
  expect(message).toMatchObject({ status: "unconfirmed", reason: "unknown_outcome", firstTriedAt: clock.now });
  return { decision: { messageId: message.id, actorId: admin.id }, member };
}

const messageOf = async (tx: Db) => one(await tx.select().from(communicationLogs));
const decisionsOf = (tx: Db) =>
  tx.select().from(auditEvents).where(eq(auditEvents.subjectType, "message")).orderBy(auditEvents.id);

test("E75: what nobody can tell of is listed with whom it was for and why", async ({ tx }) => {
  const { member } = await loseOne(tx);
  expect(await countUnconfirmed(tx)).toBe(1);
  expect(await listUnconfirmed(tx, { limit: 10 })).toMatchObject([
    { recipient: member.email, subject: "Hello Ada", triedAt: clock.now, reason: "unknown_outcome", sentAgain: 0 },
  ]);
  expect(await listUnconfirmed(tx, { limit: 10, workflowId: 999_999 })).toEqual([]);
  await tx.update(communicationLogs).set({ class: "sign_in" });
  expect(await countUnconfirmed(tx)).toBe(0);
});

test("E75: one that arrived was sent when it was tried, and its step is done", async ({ tx }) => {
  const { decision } = await loseOne(tx);
  expect(await confirmArrival(tx, decision)).toBe(true);
  expect(await messageOf(tx)).toMatchObject({ status: "sent", sentAt: clock.now, reason: null, dueAt: null });
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "done", success: true, reason: null }]);
  expect(await countUnconfirmed(tx)).toBe(0);
  expect(await decisionsOf(tx)).toMatchObject([
    { actorId: decision.actorId, action: "message.confirmed", subjectId: decision.messageId },
  ]);
});

test("E74: one that is sent again says the same, whatever became of its template since", async ({ tx }) => {
  const { decision } = await loseOne(tx);
  const [before] = await tx.select().from(messageTexts);
  const [version] = await tx.select().from(templateVersions);
  expect(await sendAgain(tx, { ...decision, now: later.now })).toBe(true);
  expect(await messageOf(tx)).toMatchObject({
    status: "queued",
    dueAt: later.now,
    firstTriedAt: null,
    attempts: 0,
    batchId: null,
    reason: null,
    eventData: { sent_again: 1 },
  });
  const other = JSON.parse(JSON.stringify(version?.content).replaceAll("Hello", "Goodbye"));
  await tx.update(templateVersions).set({ content: other, createdAt: later.now });
  const mailbox = createMailbox();
  await deliver(tx, later, mailbox.provider);
  expect(mailbox.taken()).toMatchObject([{ subject: "Hello Ada", html: before?.html }]);
  expect(await messageOf(tx)).toMatchObject({ status: "sent", sentAt: later.now });
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "done", success: true }]);
  expect(await decisionsOf(tx)).toMatchObject([{ action: "message.sent_again", after: { sent_again: 1 } }]);
});

test("B55: a second decision changes nothing, whichever it is", async ({ tx }) => {
  const { decision } = await loseOne(tx);
  const again = { ...decision, now: later.now };
  await sendAgain(tx, again);
  const queued = await messageOf(tx);
  expect(await sendAgain(tx, again)).toBe(false);
  expect(await confirmArrival(tx, decision)).toBe(false);
  expect(await messageOf(tx)).toEqual(queued);
  expect(await decisionsOf(tx)).toHaveLength(1);
  await tx.update(communicationLogs).set({ status: "unconfirmed", dueAt: null });
  await sendAgain(tx, again);
  expect(await messageOf(tx)).toMatchObject({ eventData: { sent_again: 2 } });
});

test("B55: of three who press at once one decides", async () => {
  const { db, drop } = await createTestDatabase();
  onTestFinished(drop);
  const { decision } = await loseOne(db);
  const again = { ...decision, now: later.now };
  const answers = await Promise.all([sendAgain(db, again), confirmArrival(db, decision), sendAgain(db, again)]);
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await decisionsOf(db)).toHaveLength(1);
});
