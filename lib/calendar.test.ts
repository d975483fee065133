import { expect, test } from "vitest";
import { addDays, calendarDay, isTimeZone, parseDay } from "./calendar.ts";

test.each([
  ["2026-12-31T23:30:00Z", "Europe/Zurich", "2027-01-01"],
  ["2026-12-31T23:30:00Z", "America/New_York", "2026-12-31"],
  ["2027-03-28T00:59:59Z", "Europe/Zurich", "2027-03-28"],
  // Santiago has no midnight on this day: the clock goes from 23:59:59 to 01:00.
  ["2026-09-06T04:00:00Z", "America/Santiago", "2026-09-06"],
])("at %s it is in %s the %s", (instant, zone, day) => {
  expect(calendarDay(new Date(instant), zone)).toBe(day);
});

test.each([
  ["2026-02-28", 1, "2026-03-01"],
  ["2028-02-28", 1, "2028-02-29"],
  ["2027-01-01", -1, "2026-12-31"],
  ["2027-03-27", 2, "2027-03-29"],
])("%s and %i days is %s", (day, days, result) => {
  expect(addDays(day, days)).toBe(result);
});

test.each(["2027-02-29", "2027-02-30", "31/04/1990", "infinity", "20260-01-01", "2027-1-1", "2027-13-01", ""])(
  "%j is no day",
  (text) => {
    expect(parseDay(text)).toBeNull();
  },
);

test.each([
  ["Europe/Zurich", true],
  ["America/Argentina/Buenos_Aires", true],
  ["UTC", true],
  ["CET+1", false],
  ["Mars/Phobos", false],
  ["Europe/Zürich", false],
  ["+02:00", false],
])("time zone %s: %s", (name, isOne) => {
  expect(isTimeZone(name)).toBe(isOne);
});
