import type { LogPage } from "#components/logs/log-rows";
import { calendarDay } from "#lib/calendar";
import { clockTime, relativeDay } from "#lib/format-time";

const pageSize = 50;

/** One row more than a page is read, to know whether there are older ones. */
export async function logPage<Stored extends { id: number }, Row>(
  read: (limit: number) => Promise<Stored[]>,
  print: (row: Stored) => Row,
): Promise<LogPage<Row>> {
  const rows = await read(pageSize + 1);
  const page = rows.slice(0, pageSize);
  return { rows: page.map(print), nextBeforeId: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null };
}

export function printInstant(instant: Date, now: Date, timeZone: string): { day: string; time: string } {
  const day = relativeDay(calendarDay(instant, timeZone), calendarDay(now, timeZone));
  return {
    day: `${day.charAt(0).toUpperCase()}${day.slice(1)}`,
    time: clockTime(instant, timeZone, { withSeconds: true }),
  };
}
