import { expect, test } from "vitest";
import { createClockWatch } from "./clock-watch.ts";

const hourMs = 3_600_000;
const start = Date.parse("2026-11-22T03:00:00Z");

function watchFrom(onJump?: () => void) {
  let steady = 0;
  const watch = createClockWatch(() => steady);
  return (hoursUp: number, hoursOnTheClock: number) => {
    steady = hoursUp * hourMs;
    return watch.isCredible(new Date(start + hoursOnTheClock * hourMs), onJump);
  };
}

test("E18: a clock that is a day ahead for less than an hour is not believed", () => {
  const at = watchFrom();
  expect([at(0, 0), at(1, 1), at(1.1, 25.1), at(2, 26), at(2.05, 2.05), at(26, 26)]).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
  ]);
});

test("E18: a jump that stays is the truth after an hour: the machine slept", () => {
  const at = watchFrom();
  expect([at(0, 0), at(0.1, 60), at(1.05, 61), at(1.2, 61.1), at(25, 85)]).toEqual([true, false, false, true, true]);
});

test("an operator is told once of each jump, not at every tick", () => {
  let told = 0;
  const at = watchFrom(() => told++);
  for (const [up, clock] of [
    [0, 0],
    [0.1, 30],
    [0.2, 30.1],
    [0.3, 0.3],
    [0.4, 30.3],
    [0.5, 30.4],
  ] as const) {
    at(up, clock);
  }
  expect(told).toBe(2);
});

test("E17: a clock that is set back, or some hours ahead, is an ordinary one", () => {
  const at = watchFrom();
  expect([at(0, 0), at(1, 0), at(2, 10), at(3, 11)]).toEqual([true, true, true, true]);
});
