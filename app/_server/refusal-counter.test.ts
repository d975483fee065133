import { expect, test } from "vitest";
import { createRefusalCounter } from "./refusal-counter.ts";

test("S15: a flood of forged requests is a number in the log, once a minute", () => {
  const told: number[] = [];
  let now = 0;
  const count = createRefusalCounter(
    (refused) => told.push(refused),
    () => now,
  );
  for (; now < 150_000; now += 10) {
    count();
  }
  expect(told).toEqual([1, 6_001, 12_001]);
});
