import { expect, test } from "vitest";
import { clockTime, dayAndTime, relativeDay } from "./format-time.ts";

const zone = "Europe/Zurich";

test("a time is the gym's wall clock, midnight included", () => {
  expect(clockTime(new Date("2026-11-21T23:00:05Z"), zone)).toBe("00:00");
  expect(clockTime(new Date("2026-07-21T02:00:05Z"), zone, { withSeconds: true })).toBe("04:00:05");
});

test.each([
  ["2026-11-22", "today"],
  ["2026-11-21", "yesterday"],
  ["2026-11-20", "20 Nov 2026"],
  ["2025-09-01", "1 Sep 2025"],
])("seen from 22 November 2026, %s is %s", (day, words) => {
  expect(relativeDay(day, "2026-11-22")).toBe(words);
});

test("what happened before midnight there was yesterday there", () => {
  const now = new Date("2026-11-22T00:30:00Z");
  expect(dayAndTime(new Date("2026-11-21T22:59:00Z"), now, zone)).toBe("yesterday, 23:59");
  expect(dayAndTime(new Date("2026-11-21T23:01:00Z"), now, zone)).toBe("today, 00:01");
});
