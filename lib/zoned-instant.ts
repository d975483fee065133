const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();
const dayOffsets = new Map<string, number>();

/**
 * The instant of a wall-clock time in a zone, `timeOfDay` in milliseconds. A time that a clock change skips is read
 * with the offset before the change; of one that comes twice the first is meant.
 */
export function zonedInstant(day: string, timeOfDay: number, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const wall = midnight + timeOfDay;
  // No zone is further than a day from UTC: if its offset is the same a day before and after, it is so in between.
  const before = offsetAt(midnight - dayMs, timeZone);
  const after = offsetAt(midnight + 2 * dayMs, timeZone);
  if (before === after) {
    return new Date(wall - before);
  }
  const isBefore = measureOffset(wall - before, timeZone) === before;
  const isAfter = measureOffset(wall - after, timeZone) === after;
  return new Date(wall - (isAfter && !isBefore ? after : before));
}

function offsetAt(instant: number, timeZone: string): number {
  const key = `${timeZone}/${instant}`;
  let known = dayOffsets.get(key);
  if (known === undefined) {
    known = measureOffset(instant, timeZone);
    if (dayOffsets.size > 10_000) {
      dayOffsets.clear();
    }
    dayOffsets.set(key, known);
  }
  return known;
}

function measureOffset(instant: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
    formatters.set(timeZone, formatter);
  }
  const wall = Date.parse(`${formatter.format(instant).replace(" ", "T")}Z`);
  return wall - Math.floor(instant / 1000) * 1000;
}
