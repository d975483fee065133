import { sql } from "drizzle-orm";
import { calendarDay } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import { type Db, type Tx, withTransaction } from "../../client.ts";
import { recordMemberships } from "../../queries/memberships.ts";
import { type NewVisit, recordVisits } from "../../queries/visits.ts";
import { createWallClock, toDay, toDayNumber } from "./days.ts";
import { type DrawnGym, drawGym } from "./gym.ts";
import { type InsertedGym, idAt, insertPeople } from "./insert-people.ts";
import { readAndDismiss } from "./read-and-dismiss.ts";

export { demoPassword, demoSignIns } from "./gym.ts";

/** What the gym's software did while the gym lived: engine and delivery, which whoever seeds brings along. */
export type History = {
  /** On the first of the days that are lived through: sets the workflows up. */
  begin(db: Db, clock: Clock): Promise<void>;
  /** Each night at the sweep's hour, and in the morning once messages may leave. */
  live(db: Db, clock: Clock): Promise<void>;
};

const timeZone = "Europe/Zurich";
const livedDays = 30;
const sweepMinutes = 4 * 60;
const morningMinutes = 9 * 60 + 5;

/**
 * Fills an empty database with a gym that looks lived in, the same for the same seed and moment: people, memberships,
 * fourteen months of visits, and the last 30 days as its software would have gone through them. All of it or nothing:
 * whoever is interrupted begins with an empty database again.
 */
export async function seedDemoGym(db: Db, now: Date, history: History, seed = "training-club"): Promise<void> {
  await withTransaction(db, (tx) => seedWithin(tx, now, history, seed));
}

async function seedWithin(tx: Tx, now: Date, history: History, seed: string) {
  const today = calendarDay(now, timeZone);
  const wallClock = createWallClock(timeZone);
  const gym = drawGym(seed, today);
  const at = (day: number, minutes: number): Clock => ({ now: wallClock(day, minutes), today: toDay(day), timeZone });
  const lastDay = toDayNumber(today);
  const firstDay = lastDay - livedDays;
  const beginning = at(firstDay, sweepMinutes);

  const inserted = await insertPeople(tx, gym, today);
  const visits = visitsByDay(gym, inserted, wallClock, now);
  const renewals = renewalsByDay(gym, inserted, beginning.today);
  const before = [...visits.keys()].filter((day) => day < firstDay).flatMap((day) => visits.get(day) ?? []);
  await recordInBatches(tx, before, beginning);
  await recordMemberships(tx, renewals.get("") ?? [], beginning);

  await history.begin(tx, beginning);
  for (let day = firstDay; day <= lastDay; day++) {
    for (const minutes of [sweepMinutes, morningMinutes]) {
      const clock = at(day, minutes);
      if (clock.now <= now) {
        await history.live(tx, clock);
      }
    }
    const evening = at(day, 23 * 60);
    const clock = { ...evening, now: evening.now < now ? evening.now : now };
    await recordVisits(tx, visits.get(day) ?? [], clock);
    await recordMemberships(tx, renewals.get(toDay(day)) ?? [], clock);
  }
  await readAndDismiss(tx, seed, now, idAt(inserted.memberIds, 0));
  // Nothing of all this happened a moment ago.
  await tx.execute(sql`update member_events set handled_at = occurred_at where handled_at is null`);
}

function visitsByDay(
  gym: DrawnGym,
  { memberIds, locationIds }: InsertedGym,
  wallClock: ReturnType<typeof createWallClock>,
  now: Date,
) {
  const byDay = new Map<number, NewVisit[]>();
  for (const [index, visits] of gym.visits.entries()) {
    for (const { day, minutes, kind, className, location } of visits) {
      const visitedAt = wallClock(day, minutes);
      if (visitedAt < now) {
        const visit = {
          memberId: idAt(memberIds, index),
          visitedAt,
          kind,
          className,
          locationId: idAt(locationIds, location),
        };
        byDay.set(day, [...(byDay.get(day) ?? []), visit]);
      }
    }
  }
  return byDay;
}

/** Those agreed before the first lived day under "", the others under the day on which they were. */
function renewalsByDay(gym: DrawnGym, { memberIds }: InsertedGym, firstDay: string) {
  const all = gym.members.flatMap(({ memberships }, index) =>
    memberships.map(({ agreedOn, ...membership }, term) => ({
      key: term === 0 || agreedOn < firstDay ? "" : agreedOn,
      row: { memberId: idAt(memberIds, index), ...membership },
    })),
  );
  const byDay = new Map<string, (typeof all)[number]["row"][]>();
  for (const { key, row } of all) {
    byDay.set(key, [...(byDay.get(key) ?? []), row]);
  }
  return byDay;
}

async function recordInBatches(tx: Tx, visits: NewVisit[], clock: Clock) {
  for (let start = 0; start < visits.length; start += 20_000) {
    await recordVisits(tx, visits.slice(start, start + 20_000), clock);
  }
}
