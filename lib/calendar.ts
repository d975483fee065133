const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day, `YYYY-MM-DD`, that it is at an instant in an IANA time zone. */
export function calendarDay(instant: Date, timeZone: string): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // Swedish writes dates the ISO way.
    formatter = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(instant);
}

/** The day that many calendar days later; earlier, if negative. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Intl also takes offsets and abbreviations, which have no summer time and are nobody's place.
    return name === "UTC" || /^[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name);
  } catch {
    return false;
  }
}

/**
 * A strict `YYYY-MM-DD` that exists in the calendar, or null. JavaScript itself turns 29 February 2027 into 1 March,
 * and Postgres takes "infinity" and the year 20260.
 */
export function parseDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return null;
  }
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}
