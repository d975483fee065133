import { sql } from "drizzle-orm";
import { expect, onTestFinished } from "vitest";
import { withTransaction } from "#db/client";
import { recordDigestChoice } from "#db/queries/digests";
import { communicationLogs, consentEvents, staffDigests } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { digestQuestion } from "#lib/staff-digest";
import { createTestDatabase, test } from "../test/support/database.ts";
import { createStaff, createTask, gymClockAt, mailsOf, morning } from "../test/support/digests.ts";
import { createMember } from "../test/support/factories.ts";
import { sendDigests } from "./send-digests.ts";

const appUrl = "https://app.example";
const { today } = morning;

test("who has nothing to be told gets nothing, and is not asked about again that day", async ({ tx }) => {
  const { id } = await createStaff(tx);
  await createMember(tx, { primaryTrainerId: id, visits: ["2026-11-20"] });
  expect(await sendDigests(tx, morning, appUrl)).toBe(0);
  expect(await tx.select().from(communicationLogs)).toEqual([]);
  expect(await tx.select().from(staffDigests)).toMatchObject([{ userId: id, day: today, messageId: null }]);
});

test("staff who left, were erased, are away or have no address get none", async ({ tx }) => {
  for (const change of [
    { archivedAt: new Date() },
    { erasedAt: new Date() },
    { absentUntil: today },
    { email: null },
    { email: " " },
    { role: "member" as const },
  ]) {
    await createTask(tx, (await createStaff(tx, change)).id);
  }
  const back = await createStaff(tx, { absentUntil: "2026-11-23" });
  await createTask(tx, back.id);
  expect(await sendDigests(tx, morning, appUrl)).toBe(1);
  expect(await mailsOf(tx, back.id)).toHaveLength(1);
});

test.for([
  ["in winter", "2026-11-24T06:30:00Z", "2026-11-24T11:00:00Z"],
  ["in summer", "2026-07-01T05:30:00Z", "2026-07-01T10:00:00Z"],
  ["E5: on the day the clocks go forward", "2026-03-29T05:30:00Z", "2026-03-29T10:00:00Z"],
  ["E6: on the day the clocks go back", "2026-10-25T06:30:00Z", "2026-10-25T11:00:00Z"],
] as const)(
  "%s it is sent from 07:30 on the gym's clock, late until noon, and then not at all",
  async ([, from, until], { tx }) => {
    await createTask(tx, (await createStaff(tx)).id, { dueDate: "2026-01-01" });
    const justBefore = (instant: string) => gymClockAt(new Date(Date.parse(instant) - 1_000).toISOString());
    const sent = async (clock: Clock) => {
      const count = await sendDigests(tx, clock, appUrl);
      await tx.delete(staffDigests);
      return count;
    };
    expect(await sent(justBefore(from))).toBe(0);
    expect(await sent(gymClockAt(from))).toBe(1);
    expect(await sent(justBefore(until))).toBe(1);
    expect(await sent(gymClockAt(until))).toBe(0);
  },
);

test("E20: once a day, however many workers are at it, and whichever of them dies", async () => {
  const { db, drop } = await createTestDatabase();
  onTestFinished(drop);
  const people = await Promise.all(Array.from({ length: 20 }, () => createStaff(db)));
  for (const { id } of people) {
    await createTask(db, id);
  }
  const death = new Error("killed");
  const dying = withTransaction(db, async (tx) => {
    await sendDigests(tx, morning, appUrl);
    throw death;
  });
  await expect(dying).rejects.toBe(death);
  const counts = await Promise.all(Array.from({ length: 6 }, () => sendDigests(db, morning, appUrl)));
  expect(counts.reduce((sum, count) => sum + count)).toBe(20);
  expect(await sendDigests(db, gymClockAt("2026-11-24T10:59:00Z"), appUrl)).toBe(0);
  expect(await sendDigests(db, gymClockAt("2026-11-25T06:30:00Z"), appUrl)).toBe(20);
  const { rows } = await db.execute(sql`
    select queued_at::date::text as day, count(*)::int as mails, count(distinct member_id)::int as people
    from communication_logs group by 1 order by 1`);
  expect(rows).toEqual([
    { day: "2026-11-24", mails: 20, people: 20 },
    { day: "2026-11-25", mails: 20, people: 20 },
  ]);
});

test("E16: a gym that moves to another zone in the morning sends that day's no second time", async ({ tx }) => {
  await createTask(tx, (await createStaff(tx)).id);
  expect(await sendDigests(tx, morning, appUrl)).toBe(1);
  await tx.execute(sql`update gym_settings set time_zone = 'Asia/Dubai'`);
  expect(await sendDigests(tx, { ...morning, timeZone: "Asia/Dubai" }, appUrl)).toBe(0);
  await tx.delete(staffDigests);
  expect(await sendDigests(tx, { ...morning, timeZone: "Asia/Dubai" }, appUrl)).toBe(1);
});

test("who turns it off gets none, alone, and what they said is kept in its words", async ({ tx }) => {
  const [off, on] = [await createStaff(tx), await createStaff(tx)];
  for (const { id } of [off, on]) {
    await createTask(tx, id);
  }
  await recordDigestChoice(tx, off.id, false);
  await recordDigestChoice(tx, off.id, false);
  expect(await sendDigests(tx, morning, appUrl)).toBe(1);
  expect(await mailsOf(tx, off.id)).toEqual([]);
  await recordDigestChoice(tx, off.id, true);
  expect(await sendDigests(tx, gymClockAt("2026-11-25T06:30:00Z"), appUrl)).toBe(2);
  const said = { memberId: off.id, channel: "email", class: "digest", source: "preferences", wording: digestQuestion };
  expect(await tx.select().from(consentEvents).orderBy(consentEvents.id)).toMatchObject([
    { ...said, isGranted: false },
    { ...said, isGranted: true },
  ]);
});

test("an address to which everything was stopped gets none", async ({ tx }) => {
  const { id, email } = await createStaff(tx);
  await createTask(tx, id);
  await tx.execute(sql`
    insert into suppressions (channel, address_hash, reason)
    values ('email', encode(sha256(convert_to(${email}, 'UTF8')), 'hex'), 'requested')`);
  expect(await sendDigests(tx, morning, appUrl)).toBe(0);
});
