import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { type Db, type Tx, withTransaction } from "#db/client";
import { readComplaintWatch, recordPostmasterFigure, resumeMarketing } from "#db/queries/complaint-watch";
import { auditEvents, communicationLogs } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { test } from "../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";
import { after, clock, createSent, type Message, statusOf, tell } from "../test/support/told.ts";
import { findLevelToTell, watchComplaints } from "./watch-complaints.ts";

const day = 86_400;

/** That many emails that left at the clock and of which nobody has complained yet. */
async function createMany(db: Db, count: number, kind: "marketing" | "service" = "marketing"): Promise<Message[]> {
  await db.execute(sql`
    insert into communication_logs (channel, class, status, recipient, queued_at, first_tried_at, sent_at, provider_message_id)
    select 'email', ${kind}, (array['sent', 'delivered', 'opened', 'clicked'])[1 + n % 4], 'many-' || n || '@example.com',
           ${clock.now}::timestamptz, ${clock.now}::timestamptz, ${clock.now}::timestamptz, ${kind} || n
    from generate_series(1, ${count}::int) n`);
  return db.select().from(communicationLogs).where(eq(communicationLogs.class, kind)).orderBy(communicationLogs.id);
}

const complain = async (db: Db, messages: Message[], at?: number) => {
  for (const message of messages) {
    await tell(db, "complained", message, { at });
  }
};
const isPaused = async (db: Db) => (await readComplaintWatch(db)).pausedAt !== null;

test("S38: of 10,000 advertising emails the 10th complaint warns, the 29th goes by and the 30th pauses", async ({
  tx,
}) => {
  const sent = await createMany(tx, 10_000);
  // What is no advertising is no part of it, and neither is what one says twice or of somebody else.
  const [contract] = await createMany(tx, 1, "service");
  await complain(tx, [contract as Message]);
  await complain(tx, sent.slice(0, 9));
  await complain(tx, sent.slice(0, 9));
  await tell(tx, "complained", sent[40] as Message, { to: ["boss@example.com"] });
  expect(await findLevelToTell(tx, after(60))).toBeNull();
  await complain(tx, sent.slice(9, 10));
  expect(await findLevelToTell(tx, after(60))).toBe("warning");
  await complain(tx, sent.slice(10, 29));
  expect(await findLevelToTell(tx, after(60))).toBeNull();
  expect(await readComplaintWatch(tx)).toMatchObject({ complaints: 29, sends: 10_000, pausedAt: null });
  await complain(tx, sent.slice(29, 30));
  expect(await readComplaintWatch(tx)).toMatchObject({ complaints: 30, sends: 10_000, pausedAt: after(60).now });
  expect(await findLevelToTell(tx, after(60))).toBe("paused");
  expect(await findLevelToTell(tx, after(120))).toBeNull();
});

test("S38: of 499 no share is a rate, and with the 500th it is", async ({ tx }) => {
  const sent = await createMany(tx, 499);
  await complain(tx, sent.slice(0, 20));
  expect(await isPaused(tx)).toBe(false);
  expect(await findLevelToTell(tx, after(60))).toBeNull();
  // One that bounced has reached nobody who could complain.
  await createSent(tx, { status: "bounced" });
  expect(await findLevelToTell(tx, after(60))).toBeNull();
  await createSent(tx);
  expect(await findLevelToTell(tx, after(60))).toBe("paused");
});

test("S38: what is older than seven days counts no more, complaints and sends", async ({ tx }) => {
  const sent = await createMany(tx, 1_000);
  await complain(tx, sent.slice(0, 1), 6 * day);
  expect(await watchComplaints(tx, after(6.9 * day))).toBe("warning");
  // The complaint is of this week still; what it was one of is not.
  expect(await watchComplaints(tx, after(7 * day))).toBe("fine");
  await tx.update(communicationLogs).set({ sentAt: after(7 * day).now });
  expect(await watchComplaints(tx, after(12.9 * day))).toBe("warning");
  expect(await watchComplaints(tx, after(13 * day))).toBe("fine");
});

const entriesOf = (tx: Tx, action: string) =>
  tx.select().from(auditEvents).where(eq(auditEvents.action, action)).orderBy(auditEvents.id);
const enter = (tx: Tx, percent: number, readOn: string, actorId: number) =>
  withTransaction(tx, (inner) => recordPostmasterFigure(inner, { percent, readOn }, actorId));

test("S38: Google's figure counts for seven days from the day it was read, and pauses at 0.3 %", async ({ tx }) => {
  const { id } = await createMember(tx, { role: "admin" });
  await enter(tx, 0.099, "2026-11-22", id);
  expect(await watchComplaints(tx, clock)).toBe("fine");
  await enter(tx, 0.29, "2026-11-22", id);
  expect(await watchComplaints(tx, after(6 * day))).toBe("warning");
  expect(await watchComplaints(tx, after(7 * day))).toBe("fine");
  await enter(tx, 0.3, "2026-11-22", id);
  expect(await watchComplaints(tx, after(7 * day))).toBe("fine");
  expect(await watchComplaints(tx, clock)).toBe("paused");
  expect(await entriesOf(tx, "complaints.postmaster_figure")).toMatchObject([
    { actorId: id, before: { percent: null, readOn: null } },
    { before: { percent: 0.099, readOn: "2026-11-22" }, after: { percent: 0.29, readOn: "2026-11-22" } },
    { after: { percent: 0.3, readOn: "2026-11-22" } },
  ]);
});

/** An absent member for whom a workflow has an email of this class due. */
async function queueOne(tx: Tx, kind: "marketing" | "service") {
  const template = await createTemplate(tx, { class: kind });
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
    cooldownPeriodDays: 365,
  });
}

test("S38: while it pauses, advertising waits with its reason, and all else goes on", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await queueOne(tx, "marketing");
  await queueOne(tx, "service");
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
  const { id: actorId } = await createMember(tx, { role: "admin" });
  await enter(tx, 0.3, "2026-11-22", actorId);
  await watchComplaints(tx, clock);

  const mailbox = createMailbox();
  expect(await deliver(tx, clock, mailbox.provider)).toEqual({ messages: 1, failed: 0, waiting: 1 });
  const [marketing, service] = await tx.select().from(communicationLogs).orderBy(communicationLogs.class);
  expect(service).toMatchObject({ class: "service", status: "sent" });
  expect(marketing).toMatchObject({
    class: "marketing",
    status: "queued",
    reason: "complaint_pause",
    dueAt: after(3_600).now,
    firstTriedAt: null,
  });

  // Nobody can end the pause but a person, who is named; at once, and once.
  const atNoon = after(8 * 3_600);
  expect(await watchComplaints(tx, after(30 * day))).toBe("paused");
  expect(await resumeMarketing(tx, { actorId, now: atNoon.now })).toBe(true);
  expect(await resumeMarketing(tx, { actorId, now: atNoon.now })).toBe(false);
  expect(await watchComplaints(tx, atNoon)).toBe("fine");
  expect(await deliver(tx, atNoon, mailbox.provider)).toEqual({ messages: 1, failed: 0, waiting: 0 });
  expect(await statusOf(tx, marketing as Message)).toMatchObject({ status: "sent", reason: null });
  expect(await entriesOf(tx, "complaints.marketing_resumed")).toMatchObject([
    { actorId, before: { postmasterPercent: 0.3, complaints: 0 } },
  ]);
});

test("S38: what waited too long in a pause is not sent in a burst after it", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await queueOne(tx, "marketing");
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
  await tx.execute(sql`update complaint_watch set paused_at = ${clock.now}::timestamptz`);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  await deliver(tx, after(2 * day + 3_601), mailbox.provider);
  expect(await tx.select().from(communicationLogs)).toMatchObject([{ status: "skipped", reason: "expired_too_late" }]);
  expect(mailbox.taken()).toEqual([]);
});

test("S38: after an admin's word the count begins anew", async ({ tx }) => {
  const sent = await createMany(tx, 1_000);
  await complain(tx, sent.slice(0, 3));
  expect(await isPaused(tx)).toBe(true);
  await resumeMarketing(tx, { actorId: (await createMember(tx)).id, now: after(120).now });
  await complain(tx, sent.slice(3, 9), 180);
  expect(await isPaused(tx)).toBe(false);
  await tx.update(communicationLogs).set({ sentAt: after(240).now });
  await complain(tx, sent.slice(9, 10), 300);
  expect(await readComplaintWatch(tx)).toMatchObject({ complaints: 7, sends: 1_000, pausedAt: after(300).now });
});

test("G15: a complaint far below the limit has nothing counted again, within a minute of the last count", async ({
  tx,
}) => {
  const sent = await createMany(tx, 10_000);
  await complain(tx, sent.slice(0, 5));
  expect(await watchComplaints(tx, after(60))).toBe("fine");
  expect(await readComplaintWatch(tx)).toMatchObject({ complaints: 5, sends: 5_001, countedAt: after(60).now });
  await complain(tx, sent.slice(5, 10), 90);
  expect(await readComplaintWatch(tx)).toMatchObject({ complaints: 5, sends: 5_001, countedAt: after(60).now });
  // Nobody has counted for a while: whoever complains does.
  await complain(tx, sent.slice(10, 11), 200);
  expect(await readComplaintWatch(tx)).toMatchObject({ complaints: 11, sends: 10_000, countedAt: after(200).now });
});

test("S38: what left the week since the last count is no part of it, and a pause comes with the right one", async ({
  tx,
}) => {
  const sent = await createMany(tx, 10_000);
  await tx.execute(sql`
    update communication_logs set sent_at = ${after(3_600).now}::timestamptz where id > ${sent.at(-1_001)?.id ?? 0}`);
  await complain(tx, sent.slice(0, 2), 6 * day);
  expect(await watchComplaints(tx, after(7 * day - 30))).toBe("fine");
  // Half a minute later nine thousand of them count no more, and three complaints are of a thousand.
  await complain(tx, sent.slice(-1), 7 * day + 1);
  expect(await readComplaintWatch(tx)).toMatchObject({ complaints: 3, sends: 1_000, pausedAt: after(7 * day + 1).now });
});

test("S38: complaints that are told at the same instant are each seen by the next, and one worker tells", async ({
  database: { db },
}) => {
  const sent = await createMany(db, 1_000);
  await Promise.all(sent.slice(0, 3).map((message) => tell(db, "complained", message)));
  expect(await isPaused(db)).toBe(true);
  const told = await Promise.all([1, 2, 3].map(() => findLevelToTell(db, after(60))));
  expect(told.filter(Boolean)).toEqual(["paused"]);
});
