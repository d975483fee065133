import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import {
  automationLogs,
  communicationLogs,
  communicationTemplates,
  consentEvents,
  messageBodies,
} from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";

const clock = clockAt("2026-11-22");

type Case = { phone: string | null; class?: "marketing" | "service"; consent?: boolean | null };

/** One absent member, and the workflow's one SMS queued for them. */
async function queueSms(tx: Tx, { phone, class: kind = "marketing", consent = true }: Case) {
  const member = await createMember(tx, { visits: ["2026-01-01"], phone });
  if (consent !== null) {
    const said = { channel: "sms", class: kind, isGranted: consent, source: "test" } as const;
    await tx.insert(consentEvents).values({ memberId: member.id, ...said });
  }
  const template = await createTemplate(tx, { channel: "sms", class: kind, bodyHtml: null });
  await createWorkflow(tx, { steps: [{ id: 1, action: { type: "send_sms", params: { template_id: template.id } } }] });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  return member;
}

function createPhone(answer?: Parameters<typeof createMailbox>[0]) {
  const { provider, taken } = createMailbox(answer);
  const sms = { ...provider, channel: "sms" as const };
  const send = (tx: Tx, at = clock) => deliver(tx, at, createMailbox().provider, { sms });
  return { send, taken };
}

const outcomeOf = async (tx: Tx) => ({
  message: (await tx.select().from(communicationLogs))[0],
  step: (await tx.select().from(automationLogs))[0],
});

test.for([
  ["+41791234567", "+41791234567"],
  [" +41 79 123-45.67", "+41791234567"],
  ["+41 (0)79 / 123 45 67", "+41791234567"],
] as const)("an SMS goes to %j as %s, once, and only then is the step a success", async ([phone, to], { tx }) => {
  await queueSms(tx, { phone });
  expect(await outcomeOf(tx)).toMatchObject({ step: { outcome: "queued", success: false } });
  const { send, taken } = createPhone();
  expect(await send(tx)).toEqual({ messages: 1, failed: 0, waiting: 0 });
  expect(await send(tx)).toEqual({ messages: 0, failed: 0, waiting: 0 });
  const says = { to, text: "Good to see you, Ada.", html: "", subject: "", headers: {} };
  expect(taken()).toMatchObject([says]);
  expect(await outcomeOf(tx)).toMatchObject({
    message: { channel: "sms", status: "sent", recipient: to, dueAt: null },
    step: { outcome: "done", success: true },
  });
});

test.for<[string, Case, string]>([
  ["without a number", { phone: null }, "no_address"],
  ["whose number has no country", { phone: "079 123 45 67" }, "no_address"],
  ["whose number is none", { phone: "+41 ask Lea" }, "no_address"],
  ["who was never asked", { phone: "+41791234567", consent: null }, "no_consent"],
  ["who said no to advertising", { phone: "+41791234567", consent: false }, "no_consent"],
  ["who said no to service", { phone: "+41791234567", class: "service", consent: false }, "no_consent"],
])("E60: a member %s gets no SMS, and the log says why", async ([, given, reason], { tx }) => {
  await queueSms(tx, given);
  const { send, taken } = createPhone();
  await send(tx);
  expect(taken()).toEqual([]);
  expect(await outcomeOf(tx)).toMatchObject({
    message: { status: "skipped", reason, sentAt: null },
    step: { outcome: "skipped", success: false, reason },
  });
});

test("service goes to who was never asked", async ({ tx }) => {
  await queueSms(tx, { phone: "+41791234567", class: "service", consent: null });
  expect(await createPhone().send(tx)).toMatchObject({ messages: 1 });
});

test("consent to email is none to SMS, and a number that is suppressed stays silent however it is written", async ({
  tx,
}) => {
  const member = await queueSms(tx, { phone: "+41 79 123 45 67" });
  await tx.execute(sql`
    insert into suppressions (channel, address_hash, reason)
    values ('sms', encode(sha256('+41791234567'), 'hex'), 'requested')`);
  const { send, taken } = createPhone();
  await send(tx);
  expect(taken()).toEqual([]);
  expect(await outcomeOf(tx)).toMatchObject({ message: { memberId: member.id, reason: "suppressed_address" } });
});

test("what is said is fixed before the first try", async ({ tx }) => {
  await queueSms(tx, { phone: "+41791234567" });
  const down = createPhone(({ messageId }) => ({ messageId, outcome: "unknown", error: "timeout" }));
  expect(await down.send(tx)).toMatchObject({ waiting: 1 });
  await tx.update(communicationTemplates).set({ bodyText: "Something else" });
  const up = createPhone();
  const soon = { ...clock, now: new Date(clock.now.getTime() + 120_000) };
  expect(await up.send(tx, soon)).toMatchObject({ messages: 1 });
  expect(up.taken()).toEqual(down.taken());
  expect(await tx.select().from(messageBodies)).toMatchObject([{ text: "Good to see you, Ada.", html: "" }]);
});
