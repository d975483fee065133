import { zonedInstant } from "#lib/zoned-instant";
import { cell, Refusal } from "./cell.ts";
import { type DateOrder, localDate, readDay } from "./day.ts";

const time = /^(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/;
const offset = /(?:Z|z|([+-])(\d{2}):?(\d{2})?)$/;

/** An instant: ISO with an offset, or without one in the gym's zone. A day alone is its first moment. */
export function instantCell(order: DateOrder | undefined, timeZone: string) {
  return cell((raw) => readInstant(raw.trim(), order, timeZone));
}

export function readInstant(text: string, order: DateOrder | undefined, timeZone: string): Date | Refusal {
  const dayText = localDate.exec(text)?.[0] ?? text.slice(0, 10);
  const day = readDay(dayText, order);
  if (day instanceof Refusal) {
    return /^\d{4}-\d{2}-\d{2}$|^\d{1,2}[./-]/.test(dayText) ? day : notAnInstant;
  }
  if (day < "1950-01-01" || day > "2199-12-31") {
    return new Refusal("an instant between 1950 and 2199");
  }
  const rest = text.slice(dayText.length);
  if (rest === "") {
    return zonedInstant(day, 0, timeZone);
  }
  const zone = offset.exec(rest);
  const clock = time.exec(rest.slice(1, zone ? zone.index : undefined).trimEnd());
  if (!/^[T t]/.test(rest) || !clock) {
    return notAnInstant;
  }
  const [hours, minutes, seconds] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) {
    return new Refusal("a time between 00:00:00 and 23:59:59");
  }
  const milliseconds = Number((clock[4] ?? "").padEnd(3, "0").slice(0, 3));
  const timeOfDay = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  if (!zone) {
    return zonedInstant(day, timeOfDay, timeZone);
  }
  const offsetMinutes = Number(`${zone[1] ?? "+"}1`) * (Number(zone[2] ?? 0) * 60 + Number(zone[3] ?? 0));
  return Math.abs(offsetMinutes) <= 14 * 60
    ? new Date(Date.parse(`${day}T00:00:00Z`) + timeOfDay - offsetMinutes * 60_000)
    : new Refusal("an offset between -14:00 and +14:00");
}

const notAnInstant = new Refusal("an instant like 2026-03-04T18:30 or 2026-03-04T18:30:00+01:00");
