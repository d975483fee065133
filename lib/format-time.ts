import { addDays, calendarDay } from "./calendar.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The wall-clock time there, `04:00:12` or `04:00`. The same in every browser: nothing of it comes from a locale. */
export function clockTime(instant: Date, timeZone: string, { withSeconds = false } = {}): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    formatters.set(timeZone, formatter);
  }
  const time = formatter.format(instant);
  return withSeconds ? time : time.slice(0, 5);
}

/** `21 Nov 2026`. */
export function shortDay(day: string): string {
  const [year, month, date] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1]} ${year}`;
}

/** `today`, `yesterday` or `21 Nov 2026`, as seen from `today`. */
export function relativeDay(day: string, today: string): string {
  if (day === today) {
    return "today";
  }
  return day === addDays(today, -1) ? "yesterday" : shortDay(day);
}

/** `today, 04:00` · `21 Nov 2026, 04:00:12`. */
export function dayAndTime(instant: Date, now: Date, timeZone: string, options?: { withSeconds?: boolean }): string {
  const day = relativeDay(calendarDay(instant, timeZone), calendarDay(now, timeZone));
  return `${day}, ${clockTime(instant, timeZone, options)}`;
}
