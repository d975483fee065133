import path from "node:path";
import { eq, isNull } from "drizzle-orm";
import { expect, inject, onTestFinished } from "vitest";
import type { Db } from "#db/client";
import { requestLookUp } from "#db/queries/unconfirmed";
import { auditEvents, automationLogs, communicationLogs, requests } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { one } from "#lib/rows";
import { test } from "../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { deliver } from "../test/support/journey.ts";
import { outgoing } from "../test/support/outgoing.ts";
import { resendKey, startResendServer } from "../test/support/resend-server.ts";
import { after, clock, statusOf, suppressed } from "../test/support/told.ts";
import { startTwilioServer, twilioAccount } from "../test/support/twilio-server.ts";
import { answerLookUps } from "./answer-look-ups.ts";
import { applyAllParked } from "./events/parked-events.ts";
import { askable, type Provider } from "./provider.ts";
import { createOutbox } from "./providers/outbox.ts";
import { createResend } from "./providers/resend.ts";
import { createSmtp } from "./providers/smtp.ts";
import { createTwilio } from "./providers/twilio.ts";

const hours = 3_600;
let files = 0;

async function startResend() {
  const witnessFile = path.join(inject("scratchDirectory"), `look-up-${++files}.jsonl`);
  let now = after(-24 * hours).now;
  const server = await startResendServer({ witnessFile, now: () => now });
  onTestFinished(server.stop);
  const provider = createResend({ apiKey: resendKey, baseUrl: server.url, requestsPerSecond: 1000 });
  // Another gym's, of the day before: the list reaches back to where it is looked for.
  await provider.send([outgoing(900_000)], "older");
  now = clock.now;
  return { server, provider };
}

type Faults = Parameters<Awaited<ReturnType<typeof startResendServer>>["setFaults"]>[0];

/** E74's email: handed over, its answer lost, and not tried again 25 hours later. */
async function loseEmail(tx: Db, { server, provider }: Awaited<ReturnType<typeof startResend>>, faults: Faults) {
  await createMember(tx, { visits: ["2026-01-01"] });
  const template = await createTemplate(tx, { class: "service" });
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
    cooldownPeriodDays: 365,
  });
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
  server.setFaults(faults);
  await deliver(tx, clock, provider);
  server.setFaults({});
  const message = one(await tx.select().from(communicationLogs));
  server.history.happen(message.id, "delivered");
  await deliver(tx, after(25 * hours), provider);
  expect(await statusOf(tx, message)).toMatchObject({ status: "unconfirmed", provider: "resend" });
  return message;
}

const soon = after(26 * hours);

async function ask(db: Db, messageId: number, ...providers: Provider[]) {
  const actorId = (await createMember(db, { role: "admin" })).id;
  const id = (await requestLookUp(db, { messageId, actorId })) ?? 0;
  await answerLookUps(db, async () => soon, { providers });
  const { result } = one(await db.select().from(requests).where(eq(requests.id, id)));
  const entries = await db.select().from(auditEvents).where(eq(auditEvents.action, "message.looked_up"));
  expect(entries).toMatchObject([{ actorId, subjectId: messageId, after: result }]);
  return result;
}

test("E74: what Resend took and nobody heard of is found, settled as it is there, and on record", async ({ tx }) => {
  const resend = await startResend();
  const message = await loseEmail(tx, resend, { takenThenReset: 1 });
  expect(await ask(tx, message.id, resend.provider)).toEqual({
    outcome: "found",
    provider: "resend",
    takenAt: clock.now.toISOString(),
    event: "delivered",
  });
  expect(await statusOf(tx, message)).toMatchObject({
    status: "delivered",
    sentAt: clock.now,
    reason: null,
    providerMessageId: resend.server.history.ids().get(message.id),
  });
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "done", success: true }]);
  // Whoever still sees it decides nothing any more.
  expect(await requestLookUp(tx, { messageId: message.id, actorId: 1 })).toBeNull();
});

test("E74: what Resend never got it does not know, and it stays for a person to decide", async ({ tx }) => {
  const resend = await startResend();
  const message = await loseEmail(tx, resend, { broken: 1 });
  expect(await ask(tx, message.id, resend.provider)).toEqual({ outcome: "not_known", provider: "resend" });
  expect(await statusOf(tx, message)).toMatchObject({ status: "unconfirmed", reason: "unknown_outcome" });
});

test.for([
  ["bounced", "bounced", 1],
  ["complained", "complained", 1],
  ["queued", "sent", 0],
  ["delivery_delayed", "sent", 0],
  ["suppressed", "failed", 0],
  ["something new", "sent", 0],
] as const)("E74: one of which Resend says last that it was %s is %s", async ([lastEvent, status, stopped], { tx }) => {
  const resend = await startResend();
  const message = await loseEmail(tx, resend, { takenThenReset: 1 });
  resend.server.history.happen(message.id, lastEvent);
  expect(await ask(tx, message.id, resend.provider)).toMatchObject({ outcome: "found" });
  expect(await statusOf(tx, message)).toMatchObject({ status });
  expect(await suppressed(tx)).toHaveLength(stopped);
});

test("E74: one that was opened is settled at once, and counts as opened a minute later", async ({ tx }) => {
  const resend = await startResend();
  const message = await loseEmail(tx, resend, { takenThenReset: 1 });
  resend.server.history.happen(message.id, "opened");
  await ask(tx, message.id, resend.provider);
  expect(await statusOf(tx, message)).toMatchObject({ status: "sent", sentAt: clock.now });
  await applyAllParked(tx, after(26 * hours + 61));
  expect(await statusOf(tx, message)).toMatchObject({ status: "opened" });
});

test("E74: an email of the same words to the same person is not taken for it unless it carries its number", async ({
  tx,
}) => {
  const resend = await startResend();
  const message = await loseEmail(tx, resend, { broken: 1 });
  const { recipient } = await statusOf(tx, message);
  const alike = outgoing(900_001, { to: recipient ?? "", subject: "Hello Ada" });
  await resend.provider.send([alike], "another installation");
  expect(await ask(tx, message.id, resend.provider)).toEqual({ outcome: "not_known", provider: "resend" });
});

test("E74: a list that does not reach back, and a key that may not read it, cannot tell", async ({ tx }) => {
  const resend = await startResend();
  const message = await loseEmail(tx, resend, { broken: 1 });
  resend.server.history.forgetBefore(after(hours).now);
  const error = "Resend's list does not reach back that far";
  expect(await ask(tx, message.id, resend.provider)).toEqual({ outcome: "unclear", provider: "resend", error });
  await tx.delete(auditEvents);
  resend.server.setKeyGood(false);
  expect(await ask(tx, message.id, resend.provider)).toMatchObject({ error: "Resend: API key is invalid" });
  expect(await statusOf(tx, message)).toMatchObject({ status: "unconfirmed" });
});

test("E74: where messages leave another way by now, and where nobody is there, the answer says so", async ({ tx }) => {
  const resend = await startResend();
  const message = await loseEmail(tx, resend, { broken: 1 });
  expect(await ask(tx, message.id, createOutbox())).toMatchObject({ error: expect.stringContaining("another way") });
  await tx.delete(auditEvents);
  await resend.server.stop();
  expect(await ask(tx, message.id, resend.provider)).toMatchObject({ outcome: "unclear" });
  expect(await tx.select().from(requests).where(isNull(requests.finishedAt))).toEqual([]);
});

async function startTwilio(fate: "reset" | "takenThenReset") {
  const server = await startTwilioServer(
    () => fate,
    () => clock.now,
  );
  onTestFinished(server.stop);
  const provider = createTwilio({ ...twilioAccount, from: "+41790000000", baseUrl: server.url });
  return { server, provider };
}

/** A text whose answer was lost: Twilio recognises nothing, so that it is not tried again. */
async function loseText(tx: Db, { provider }: Awaited<ReturnType<typeof startTwilio>>) {
  await createMember(tx, { visits: ["2026-01-01"], phone: "+41 79 123 45 67" });
  const template = await createTemplate(tx, { channel: "sms", class: "service" });
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_sms", params: { template_id: template.id } } }],
  });
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
  await deliver(tx, clock, createOutbox(), { sms: provider });
  const message = one(await tx.select().from(communicationLogs));
  expect(message).toMatchObject({ status: "unconfirmed", provider: "twilio" });
  return message;
}

test("E74: a text that Twilio has is found by its number, its words and its minute", async ({ tx }) => {
  const twilio = await startTwilio("takenThenReset");
  const message = await loseText(tx, twilio);
  twilio.server.happen("delivered");
  expect(await ask(tx, message.id, twilio.provider)).toMatchObject({ outcome: "found", event: "delivered" });
  expect(await statusOf(tx, message)).toMatchObject({
    status: "delivered",
    providerMessageId: expect.stringMatching(/^SM/),
  });
});

test("E74: a text that Twilio does not have was not sent; of two alike it cannot tell", async ({ tx }) => {
  const twilio = await startTwilio("reset");
  const message = await loseText(tx, twilio);
  expect(await ask(tx, message.id, twilio.provider)).toEqual({ outcome: "not_known", provider: "twilio" });
  await tx.delete(auditEvents);
  const other = await startTwilio("takenThenReset");
  const alike = outgoing(1, { to: message.recipient ?? "", text: "Good to see you, Ada." });
  await other.provider.send([alike, alike], "both");
  expect(await ask(tx, message.id, other.provider)).toMatchObject({ outcome: "unclear" });
});

test("E74: asked twice and by two workers at once, it is answered once", async ({ database: { db } }) => {
  const resend = await startResend();
  const message = await loseEmail(db, resend, { takenThenReset: 1 });
  const actorId = (await createMember(db, { role: "admin" })).id;
  const ids = await Promise.all([1, 2, 3].map(() => requestLookUp(db, { messageId: message.id, actorId })));
  expect(new Set(ids).size).toBe(1);
  const options = { providers: [resend.provider] };
  await Promise.all([1, 2].map(() => answerLookUps(db, async () => soon, options)));
  expect(await db.select().from(auditEvents).where(eq(auditEvents.action, "message.looked_up"))).toHaveLength(1);
});

test("E74: those that can be asked are those that have a button", () => {
  const all = [
    createOutbox(),
    createSmtp({ url: "smtp://127.0.0.1:1" }),
    createResend({ apiKey: resendKey, requestsPerSecond: 1 }),
    createTwilio({ ...twilioAccount, from: "+41790000000" }),
  ];
  expect(all.flatMap(({ name, lookUp }) => (lookUp ? [name] : []))).toEqual(Object.keys(askable));
});
