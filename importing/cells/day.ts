import { parseDay } from "#lib/calendar";
import { cell, Refusal } from "./cell.ts";

/** How a file writes days that are not `YYYY-MM-DD`: said by a person for the whole file, never guessed. */
export type DateOrder = "dmy" | "mdy";

/** `3/4/1990`, `03.04.1990`, `03-04-1990`, with a time behind it or not. */
export const localDate = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)/;

const months = "January February March April May June July August September October November December".split(" ");

/** A day between two days, both included. */
function dayCell(order: DateOrder | undefined, range: { from: string; to: string; expected: string }) {
  return cell((raw) => {
    const day = readDay(raw.trim(), order);
    return day instanceof Refusal || (day >= range.from && day <= range.to) ? day : new Refusal(range.expected);
  });
}

/** A day of a contract: within living memory and some generations ahead. */
export function contractDayCell(order: DateOrder | undefined) {
  return dayCell(order, { from: "1900-01-01", to: "2199-12-31", expected: "a day between 1900 and 2199" });
}

export function birthDayCell(order: DateOrder | undefined, today: string) {
  return dayCell(order, { from: "1900-01-01", to: today, expected: `a birth date between 1900 and today (${today})` });
}

export function readDay(text: string, order: DateOrder | undefined): string | Refusal {
  const local = localDate.exec(text);
  if (local?.[0] === text) {
    return readLocalDay(text, order);
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parseDay(text) ?? (iso ? explain(Number(iso[1]), Number(iso[2]), Number(iso[3])) : notADay);
}

const notADay = new Refusal("a day like 1990-04-23 (year, month, day)");

function readLocalDay(text: string, order: DateOrder | undefined): string | Refusal {
  const { dmy, mdy } = readings(text);
  if (order) {
    const [, first, , second, year] = (localDate.exec(text) ?? []).map(Number);
    const [day, month] = order === "dmy" ? [first, second] : [second, first];
    return (order === "dmy" ? dmy : mdy) ?? explain(year ?? 0, month ?? 0, day ?? 0);
  }
  if (dmy && mdy && dmy !== mdy) {
    return new Refusal(`can be read as ${dmy} and as ${mdy}: write one of these`);
  }
  const only = dmy ?? mdy;
  if (only) {
    return new Refusal(`write it as ${only}`);
  }
  const [, day, , month, year] = (localDate.exec(text) ?? []).map(Number);
  return explain(year ?? 0, month ?? 0, day ?? 0);
}

/** Both ways to read a local date; null where there is no such day. */
export function readings(text: string): { dmy: string | null; mdy: string | null } {
  const [, first = "", , second = "", year] = localDate.exec(text) ?? [];
  const write = (month: string, day: string) => parseDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  return { dmy: write(second, first), mdy: write(first, second) };
}

function explain(year: number, month: number, day: number): Refusal {
  const name = months[month - 1];
  return new Refusal(name ? `${year} has no ${day} ${name}` : `there is no month ${month}`);
}
