import { expect, test } from "vitest";
import { createTestDatabase } from "../test/support/database.ts";
import { fillGym } from "./gym.ts";
import { sweepByLoop } from "./loop.ts";
import { median, ratio, time } from "./measure.ts";
import { oneStep, timeSweeps } from "./sweep.ts";
import { storeWorkflows } from "./workflows.ts";

/** Far from the goals, so that a busy machine passes; a plan that is quadratic in the members does not. */
test("a sweep of 10,000 members takes little longer than bare SQL, and a small part of a loop", async () => {
  const gym = await createTestDatabase();
  try {
    await fillGym(gym.db, { members: 10_000, visitsPerMember: 4 });
    await storeWorkflows(gym.db, oneStep);
    const times = await timeSweeps(gym, 1);
    expect(times.runs).toBeGreaterThan(3_500);
    expect(ratio(times.first, times.bareFirst)).toBeLessThan(5);
    expect(ratio(times.steady, times.bareSteady)).toBeLessThan(5);
    expect((await time(() => sweepByLoop(gym.pool))) / median(times.steady)).toBeGreaterThan(20);
  } finally {
    await gym.drop();
  }
}, 60_000);
