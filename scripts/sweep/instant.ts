import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { parseDay } from "#lib/calendar";
import { one } from "#lib/rows";
import { CommandError } from "../run-command.ts";

/** An instant with an offset as it stands; without one, the gym's wall clock. Unsaid, it is the database's now. */
export async function readInstant(db: Db, at: string | undefined): Promise<Date | undefined> {
  if (at === undefined) {
    return undefined;
  }
  const [, day = "", time = "00:00", offset] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(at) ?? [];
  const instant = new Date(`${day}T${time}${offset ?? "Z"}`);
  if (!parseDay(day) || day < "1970" || Number.isNaN(instant.getTime())) {
    throw new CommandError(`--at takes an ISO time such as 2026-11-22T04:00 or 2026-11-22T03:00:00Z, not "${at}"`);
  }
  if (offset) {
    return instant;
  }
  const { rows } = await db.execute<{ instant: string }>(
    sql`select ${`${day} ${time}`}::timestamp at time zone time_zone as instant from gym_settings`,
  );
  return new Date(one(rows).instant);
}
