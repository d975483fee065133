import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { gymSettings } from "#db/schema/index";
import { calendarDay } from "#lib/calendar";
import { one } from "#lib/rows";
import type { Clock } from "./define.ts";

/**
 * The gym's clock at an instant: its day depends on the time zone in the settings. Unsaid, the instant is the
 * database's: the machines that work may each have a clock of their own, and what is due must not depend on them.
 */
export async function readClock(db: Db, instant?: Date): Promise<Clock> {
  const { timeZone, millis } = one(
    await db
      .select({
        timeZone: gymSettings.timeZone,
        millis: sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::float8`,
      })
      .from(gymSettings),
  );
  const now = instant ?? new Date(millis);
  return { now, timeZone, today: calendarDay(now, timeZone) };
}
