import fc from "fast-check";
import { expect, test } from "vitest";
import { clockTime } from "./format-time.ts";
import { quietUntil } from "./quiet-hours.ts";

const night = { start: "20:00:00", end: "09:00:00" };

test.for<[string, string, string, typeof night, string | null]>([
  ["the evening", "2026-11-22T19:00:00Z", "Europe/Zurich", night, "2026-11-23T08:00:00.000Z"],
  ["the early morning", "2026-11-22T03:00:00Z", "Europe/Zurich", night, "2026-11-22T08:00:00.000Z"],
  ["a second before", "2026-11-22T18:59:59Z", "Europe/Zurich", night, null],
  ["the end itself", "2026-11-22T08:00:00Z", "Europe/Zurich", night, null],
  ["elsewhere it is day", "2026-11-22T03:00:00Z", "Asia/Tokyo", night, null],
  [
    "a nap at noon",
    "2026-11-22T11:30:00Z",
    "Europe/Zurich",
    { start: "12:00", end: "14:00" },
    "2026-11-22T13:00:00.000Z",
  ],
  ["no quiet hours", "2026-11-22T03:00:00Z", "Europe/Zurich", { start: "00:00:00", end: "00:00:00" }, null],
  ["the night that is an hour short", "2027-03-27T22:00:00Z", "Europe/Zurich", night, "2027-03-28T07:00:00.000Z"],
  [
    "an end that the clock skips",
    "2027-03-28T00:30:00Z",
    "Europe/Zurich",
    { start: "20:00:00", end: "02:30:00" },
    "2027-03-28T01:30:00.000Z",
  ],
])("%s", ([, now, zone, hours, until]) => {
  expect(quietUntil(new Date(now), zone, hours)?.toISOString() ?? null).toBe(until);
});

test("whatever the zone and the hours, what was quiet is over when it is said to be, and within a day", () => {
  const time = fc
    .integer({ min: 0, max: 47 })
    .map((half) => `${String(half >> 1).padStart(2, "0")}:${half % 2 ? "30" : "00"}:00`);
  const zones = ["Europe/Zurich", "America/Santiago", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Chatham", "UTC"];
  const isQuiet = (at: Date, zone: string, start: string, end: string) => {
    const now = clockTime(at, zone, { withSeconds: true });
    return start <= end ? now >= start && now < end : !(now >= end && now < start);
  };
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 800 * 96 }),
      fc.constantFrom(...zones),
      time,
      time,
      (quarter, zone, start, end) => {
        const now = new Date(Date.UTC(2026, 0, 1) + quarter * 900_000);
        const until = quietUntil(now, zone, { start, end });
        if (!isQuiet(now, zone, start, end)) {
          expect(until).toBeNull();
        } else if (until) {
          expect(isQuiet(until, zone, start, end) && start !== end).toBe(false);
          expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
