import { addDays, calendarDay } from "./calendar.ts";
import { clockTime } from "./format-time.ts";
import { zonedInstant } from "./zoned-instant.ts";

/** Wall-clock times, `20:00:00`. From an evening to a morning, or within a day; two equal ones mean no quiet hours. */
export type QuietHours = { start: string; end: string };

/** When the quiet hours of a zone end that are going on there now, or null. */
export function quietUntil(now: Date, timeZone: string, { start, end }: QuietHours): Date | null {
  const time = clockTime(now, timeZone, { withSeconds: true });
  const isQuiet = start <= end ? start <= time && time < end : time >= start || time < end;
  if (!isQuiet) {
    return null;
  }
  const today = calendarDay(now, timeZone);
  const [hours = 0, minutes = 0, seconds = 0] = end.split(":").map(Number);
  const endsAt = zonedInstant(
    time < end ? today : addDays(today, 1),
    ((hours * 60 + minutes) * 60 + seconds) * 1000,
    timeZone,
  );
  // In an hour that comes twice the end has been already: it was kept once, and that is enough.
  return endsAt > now ? endsAt : null;
}
