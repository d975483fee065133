/** Calendar days as `YYYY-MM-DD`: they compare as text, and a day is 86,400,000 ms because UTC has no clock changes. */
export const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

export const yearOf = (day: string) => Number(day.slice(0, 4));

const isLeapYear = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The same day in another year; 29 February is the 28th where there is none. */
export function inYear(day: string, year: number): string {
  const monthAndDay = day.slice(4) === "-02-29" && !isLeapYear(year) ? "-02-28" : day.slice(4);
  return String(year).padStart(4, "0") + monthAndDay;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The zone's wall clock at an instant, as `YYYY-MM-DD HH:MM:SS`. */
export function wallClock(at: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    const digits = "2-digit" as const;
    const time = { hour: digits, minute: digits, second: digits, hourCycle: "h23" as const };
    format = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: digits, day: digits, ...time });
    formats.set(timeZone, format);
  }
  return format.format(at);
}

const quarterHourMs = 900_000;
const knownDays = new Map<string, string>();

/** The zone's calendar day at an instant. Days begin on a quarter of an hour everywhere, so one answer serves it all. */
export function dayAt(at: Date, timeZone: string): string {
  const key = `${timeZone} ${Math.floor(at.getTime() / quarterHourMs)}`;
  const day = knownDays.get(key) ?? wallClock(at, timeZone).slice(0, 10);
  knownDays.set(key, day);
  return day;
}

const knownInstants = new Map<string, Date>();

/** The first instant, to the minute, at which the zone's calendar and clock have reached a day and a time (`HH:MM`). */
export function instantOf(day: string, time: string, timeZone: string): Date {
  const key = `${day} ${time} ${timeZone}`;
  const instant = knownInstants.get(key) ?? findInstant(day, time, timeZone);
  knownInstants.set(key, instant);
  return instant;
}

function findInstant(day: string, time: string, timeZone: string): Date {
  const wanted = `${day} ${time}:00`;
  let early = Date.parse(`${day}T00:00:00Z`) - 26 * 3_600_000;
  const end = early + 64 * 3_600_000;
  for (const stepMs of [quarterHourMs, 60_000]) {
    while (early < end && wallClock(new Date(early + stepMs), timeZone) < wanted) {
      early += stepMs;
    }
  }
  return new Date(early + 60_000);
}
