import { expect, test } from "vitest";
import { explainSettings } from "./explain-settings.ts";

// 03:30 in Zurich, a Sunday.
const facts = { now: "2026-11-22T02:30:00Z", enabled: 2, sweptThrough: "2026-11-21" };
const time = (timeZone: string, sweepTime: string, more = {}) =>
  explainSettings("time", { timeZone, sweepTime }, { ...facts, ...more });

test("when the next sweep is: later today, at once, or tomorrow", () => {
  expect(time("Europe/Zurich", "04:00")).toBe("There it is 03:30 now, on Sunday. Next sweep: today at 04:00.");
  expect(time("Europe/Zurich", "03:00")).toContain("Next sweep: at once");
  expect(time("Europe/Zurich", "03:00", { sweptThrough: "2026-11-22" })).toContain("tomorrow, Monday, at 03:00");
  expect(time("Europe/Zurich", "04:00", { enabled: 0, sweptThrough: null })).toContain("No workflow is on");
});

test("another zone has another day", () => {
  expect(time("America/New_York", "04:00")).toContain("There it is 21:30 now, on Saturday. Next sweep: tomorrow");
  expect(time("Europe/Zürich", "04:00")).toBeNull();
});

test("quiet hours over night, within a day, and none", () => {
  const quiet = (quietHoursStart: string, quietHoursEnd: string) =>
    explainSettings("quiet", { quietHoursStart, quietHoursEnd }, facts);
  expect(quiet("20:00", "09:00")).toContain("Messages leave from 09:00 to 20:00");
  expect(quiet("12:00", "13:00")).toContain("waits until 13:00 of the same day");
  expect(quiet("09:00", "09:00")).toContain("no quiet hours");
  expect(quiet("", "09:00")).toBeNull();
});
