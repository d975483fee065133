import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { communicationLogs, gymSettings, suppressions } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import type { Clock } from "#lib/clock";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";
import { queueSignInMail } from "./sign-in-mail.ts";

const today = clockAt("2026-11-22");
const at = (iso: string, clock = today): Clock => ({ ...clock, now: new Date(iso), today: iso.slice(0, 10) });
const night = { quietHoursStart: "20:00", quietHoursEnd: "09:00" };

type Channel = "email" | "in_app" | "sms";
const sends = { email: "send_email", in_app: "send_in_app_notification", sms: "send_sms" };

/** A workflow that sends to whoever is absent for as many days, once. */
async function createSender(
  tx: Tx,
  channel: Channel,
  inactiveDays: number,
  kind: "marketing" | "service" = "marketing",
) {
  const template = await createTemplate(tx, { channel, class: kind });
  return createWorkflow(tx, {
    trigger: { type: "low_engagement", params: { inactive_days: inactiveDays } },
    steps: [{ id: 1, action: { type: sends[channel], params: { template_id: template.id } } }],
    cooldownPeriodDays: 365,
  });
}

async function queue(tx: Tx, clock: Clock = today) {
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
}

const absent = { visits: ["2026-01-01"] };
const statuses = async (tx: Tx) => {
  const { rows } = await tx.execute<{ status: string; reason: string | null }>(
    sql`select status, reason from communication_logs order by id`,
  );
  return rows.map(({ status, reason }) => (reason ? `${status}: ${reason}` : status));
};

test("E61: what is due at night waits for the morning, visible, and then goes", async ({ tx }) => {
  await tx.update(gymSettings).set(night);
  await createMember(tx, absent);
  await createSender(tx, "email", 30);
  await queue(tx);
  const mailbox = createMailbox();
  expect(await deliver(tx, today, mailbox.provider)).toEqual({ messages: 0, failed: 0, waiting: 1 });
  expect(await tx.select().from(communicationLogs)).toMatchObject([
    {
      status: "queued",
      reason: "quiet_hours",
      dueAt: new Date("2026-11-22T08:00:00Z"),
      attempts: 0,
      firstTriedAt: null,
    },
  ]);
  await deliver(tx, at("2026-11-22T07:59:59Z"), mailbox.provider);
  expect(mailbox.taken()).toEqual([]);
  await deliver(tx, at("2026-11-22T08:00:00Z"), mailbox.provider);
  expect(mailbox.taken()).toHaveLength(1);
  expect(await statuses(tx)).toEqual(["sent"]);
});

test("E61: a text message that comes to its next try at night waits for the morning, and goes once", async ({ tx }) => {
  await tx.update(gymSettings).set(night);
  const member = await createMember(tx, { ...absent, phone: "+41791234567" });
  await tx.execute(sql`
    insert into consent_events (member_id, channel, class, is_granted, source) values (${member.id}, 'sms', 'marketing', true, 'test')`);
  await createSender(tx, "sms", 30);
  const evening = at("2026-11-22T18:59:30Z");
  await queue(tx, evening);
  let isDown = true;
  const { provider, taken } = createMailbox(({ messageId }) =>
    isDown ? { messageId, outcome: "retry", error: "503" } : null,
  );
  const sms = { ...provider, channel: "sms" as const };
  const send = (clock: Clock) => deliver(tx, clock, createMailbox().provider, { sms });
  await send(evening);
  expect(await tx.select().from(communicationLogs)).toMatchObject([{ status: "queued", attempts: 1, reason: null }]);
  isDown = false;
  await send(at("2026-11-23T02:00:00Z"));
  expect(taken()).toEqual([]);
  expect(await tx.select().from(communicationLogs)).toMatchObject([
    { reason: "quiet_hours", dueAt: new Date("2026-11-23T08:00:00Z"), attempts: 1 },
  ]);
  await send(at("2026-11-23T08:00:00Z"));
  expect(taken()).toHaveLength(1);
  expect(await statuses(tx)).toEqual(["sent"]);
});

test.for<[string, string | null, string]>([
  ["their own zone, where it is noon", "Asia/Tokyo", "sent"],
  ["their own zone, where it is night", "America/New_York", "queued: quiet_hours"],
  ["E15: the gym's, if they have none", null, "queued: quiet_hours"],
  ["E15: the gym's, if theirs is none", "Mars/Phobos", "queued: quiet_hours"],
  ["E15: the gym's, if theirs is an abbreviation", "JST", "queued: quiet_hours"],
  ["E15: the gym's, if theirs is blank", "  ", "queued: quiet_hours"],
])("quiet hours are those of %s", async ([, timeZone, becomes], { tx }) => {
  await tx.update(gymSettings).set(night);
  await createMember(tx, { ...absent, timeZone });
  await createSender(tx, "email", 30);
  await queue(tx);
  await deliver(tx, today, createMailbox().provider);
  expect(await statuses(tx)).toEqual([becomes]);
});

test("quiet hours hold service email and text messages too, and no notification", async ({ tx }) => {
  await tx.update(gymSettings).set(night);
  const member = await createMember(tx, { ...absent, phone: "+41791234567" });
  await tx.execute(sql`
    insert into consent_events (member_id, channel, class, is_granted, source) values (${member.id}, 'sms', 'marketing', true, 'test')`);
  await createSender(tx, "email", 30, "service");
  await createSender(tx, "sms", 31);
  await createSender(tx, "in_app", 32);
  await queue(tx);
  await deliver(tx, today, createMailbox().provider);
  expect(await statuses(tx)).toEqual(["queued: quiet_hours", "queued: quiet_hours", "sent"]);
});

test("who leaves while their message waits for the morning does not get it", async ({ tx }) => {
  await tx.update(gymSettings).set(night);
  await createMember(tx, absent);
  await createSender(tx, "email", 30);
  await queue(tx);
  const mailbox = createMailbox();
  await deliver(tx, today, mailbox.provider);
  await tx.execute(sql`update consent_events set is_granted = false`);
  await deliver(tx, at("2026-11-22T08:00:00Z"), mailbox.provider);
  expect(await statuses(tx)).toEqual(["skipped: no_consent"]);
});

test("a sign-in link goes at once: at night, past the cap, to an address that bounced", async ({ tx }) => {
  await tx.update(gymSettings).set({ ...night, dailyCap: 1 });
  const member = await createMember(tx, { email: "ada@example.com" });
  await tx.execute(sql`
    insert into suppressions (channel, address_hash, reason)
    values ('email', encode(sha256(convert_to('ada@example.com', 'UTF8')), 'hex'), 'bounced')`);
  expect(await tx.select().from(suppressions)).toHaveLength(1);
  await queueSignInMail(tx, {
    email: "ada@example.com",
    name: "Ada",
    url: "https://app.example/link",
    language: "en",
    memberId: member.id,
    now: today.now,
  });
  await deliver(tx, today, createMailbox().provider);
  expect(await statuses(tx)).toEqual(["sent"]);
});

test("a third advertisement in a day is skipped, not kept for tomorrow; service mail passes and is not counted", async ({
  tx,
}) => {
  await tx.update(gymSettings).set({ dailyCap: 2, weeklyCap: null });
  await createMember(tx, absent);
  await createSender(tx, "email", 30);
  await createSender(tx, "email", 31);
  await createSender(tx, "email", 32);
  await createSender(tx, "email", 33, "service");
  await queue(tx);
  await deliver(tx, today, createMailbox().provider);
  expect(await statuses(tx)).toEqual(["sent", "sent", "skipped: frequency_cap", "sent"]);
});

test("the caps count the gym's calendar days, email and SMS together", async ({ tx }) => {
  await tx.update(gymSettings).set({ dailyCap: 1, weeklyCap: 3 });
  const member = await createMember(tx, { ...absent, phone: "+41791234567" });
  await tx.execute(sql`
    insert into consent_events (member_id, channel, class, is_granted, source) values (${member.id}, 'sms', 'marketing', true, 'test')`);
  const days = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-26", "2026-11-27"];
  const become: string[] = [];
  for (const [index, day] of days.entries()) {
    await createSender(tx, index % 2 === 0 ? "email" : "sms", 30 + index);
    // The first goes at half past midnight in Zurich, which in London is the day before.
    const clock = { ...clockAt(day), now: new Date(index === 1 ? "2026-11-20T23:30:00Z" : `${day}T12:00:00Z`) };
    await queue(tx, clock);
    await deliver(tx, clock, createMailbox().provider);
    become.push((await statuses(tx)).at(-1) ?? "");
  }
  expect(become).toEqual(["sent", "sent", "sent", "skipped: frequency_cap", "skipped: frequency_cap", "sent"]);
});

test("E46: two who share an address have one mailbox, which gets no more than one reader would", async ({ tx }) => {
  await tx.update(gymSettings).set({ dailyCap: 1, weeklyCap: null });
  await createMember(tx, { ...absent, email: "family@example.com" });
  await createMember(tx, { ...absent, email: "Family@Example.com" });
  await createSender(tx, "email", 30);
  await createSender(tx, "email", 31, "service");
  await queue(tx);
  await deliver(tx, today, createMailbox().provider);
  expect((await statuses(tx)).sort()).toEqual(["sent", "sent", "sent", "skipped: frequency_cap"]);
});

test("a message that the provider refused takes nobody's place", async ({ tx }) => {
  await tx.update(gymSettings).set({ dailyCap: 1, weeklyCap: null });
  await createMember(tx, absent);
  await createSender(tx, "email", 30);
  await queue(tx);
  const refusing = createMailbox(({ messageId }) => ({ messageId, outcome: "refused", error: "no" }));
  await deliver(tx, today, refusing.provider);
  await createSender(tx, "email", 31);
  await queue(tx);
  await deliver(tx, today, createMailbox().provider);
  expect(await statuses(tx)).toEqual(["failed: refused_by_provider", "sent"]);
});

test("a cap of 0 is none", async ({ tx }) => {
  await tx.update(gymSettings).set({ dailyCap: 0, weeklyCap: 0 });
  await createMember(tx, absent);
  await createSender(tx, "email", 30);
  await createSender(tx, "email", 31);
  await queue(tx);
  await deliver(tx, today, createMailbox().provider);
  expect(await statuses(tx)).toEqual(["sent", "sent"]);
});

test.for([
  ["+41791234567", "sent"],
  ["+4915112345678", "sent"],
  ["+12025550123", "skipped: country_not_allowed"],
  ["+88213123456", "skipped: country_not_allowed"],
] as const)("E60: SMS go to the countries that the gym allows: %s", async ([phone, becomes], { tx }) => {
  await tx.update(gymSettings).set({ smsCountries: ["CH", "DE"] });
  await createMember(tx, { ...absent, phone });
  await createSender(tx, "sms", 30, "service");
  await queue(tx);
  await deliver(tx, today, createMailbox().provider);
  expect(await statuses(tx)).toEqual([becomes]);
});
