import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { auditEvents, automationLogs, communicationLogs, users } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import { retryMessage } from "./retry-message.ts";

const clock = clockAt("2026-11-22");
const later = { ...clock, now: new Date(clock.now.getTime() + 12 * 3_600_000) };

/** A provider that would not have the address. */
async function failOne(tx: Db) {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  const admin = await createMember(tx, { role: "admin" });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const { provider } = createMailbox(({ messageId }) => ({ messageId, outcome: "refused", error: "no such mailbox" }));
  await deliver(tx, clock, provider);
  const message = one(await tx.select().from(communicationLogs));
  expect(message).toMatchObject({ status: "failed", reason: "refused_by_provider" });
  return { retry: { messageId: message.id, actorId: admin.id, now: later.now }, member };
}

const messageOf = async (tx: Db) => one(await tx.select().from(communicationLogs));

test("a message that failed goes out once more, to where the member is reached now, and its step is done", async ({
  tx,
}) => {
  const { retry, member } = await failOne(tx);
  await tx.update(users).set({ email: "right@example.com" }).where(eq(users.id, member.id));
  expect(await retryMessage(tx, retry)).toBe(true);
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "queued", success: false, reason: null }]);
  expect(await retryMessage(tx, retry)).toBe(false);
  const { provider, taken } = createMailbox();
  await deliver(tx, later, provider);
  await deliver(tx, later, provider);
  expect(taken().map(({ to }) => to)).toEqual(["right@example.com"]);
  expect(await messageOf(tx)).toMatchObject({ status: "sent", recipient: "right@example.com" });
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "done", success: true, reason: null }]);
  expect(await retryMessage(tx, retry)).toBe(false);
  expect(await tx.select().from(auditEvents).where(eq(auditEvents.action, "message.retried"))).toMatchObject([
    { actorId: retry.actorId, subjectId: retry.messageId, before: { reason: "refused_by_provider" } },
  ]);
});

test("of tries whose answers are lost all have one key, so that a provider takes the message once", async ({ tx }) => {
  const { retry } = await failOne(tx);
  await retryMessage(tx, retry);
  const keys: string[] = [];
  const { provider } = createMailbox((mail) => {
    keys.push(mail.idempotencyKey);
    return { messageId: mail.messageId, outcome: "unknown", error: "connection lost" };
  });
  await deliver(tx, later, provider);
  await deliver(tx, { ...later, now: new Date(later.now.getTime() + 3_600_000) }, provider);
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
});

test("what was taken once says the same when it is sent again, under another key", async ({ tx }) => {
  const { retry, member } = await failOne(tx);
  await tx.update(communicationLogs).set({ providerMessageId: "taken-1" });
  await tx.update(users).set({ email: "right@example.com" }).where(eq(users.id, member.id));
  expect(await retryMessage(tx, retry)).toBe(true);
  const { provider, taken } = createMailbox();
  await deliver(tx, later, provider);
  expect(taken()).toMatchObject([{ to: member.email, idempotencyKey: `message/${retry.messageId}/1` }]);
});

test("only what failed is sent again, and no link to sign in", async ({ tx }) => {
  const { retry } = await failOne(tx);
  await tx.update(communicationLogs).set({ status: "unconfirmed" });
  expect(await retryMessage(tx, retry)).toBe(false);
  await tx.update(communicationLogs).set({ status: "failed", class: "sign_in" });
  expect(await retryMessage(tx, retry)).toBe(false);
});
