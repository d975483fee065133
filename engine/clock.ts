import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { gymSettings } from "#db/schema/index";
import { calendarDay } from "#lib/calendar";
import { one } from "#lib/rows";
import type { Clock } from "./define.ts";

/** The gym's clock at an instant: its day depends on the time zone in the settings. */
export async function readClock(db: Db, now = new Date()): Promise<Clock> {
  const { timeZone } = one(await db.select({ timeZone: gymSettings.timeZone }).from(gymSettings).where(sql`true`));
  return { now, timeZone, today: calendarDay(now, timeZone) };
}
