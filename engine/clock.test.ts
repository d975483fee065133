import { sql } from "drizzle-orm";
import { afterEach, expect, vi } from "vitest";
import { test } from "../test/support/database.ts";
import { readClock } from "./clock.ts";

afterEach(() => {
  vi.useRealTimers();
});

test.for([10, -10, 24 * 60])(
  "G20: a machine whose clock is %i minutes off reads the database's",
  async (minutes, { tx }) => {
    const before = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: before + minutes * 60_000 });
    const { now } = await readClock(tx);
    const { rows } = await tx.execute<{ later: number }>(
      sql`select extract(epoch from clock_timestamp())::float8 as later`,
    );
    const later = (rows[0]?.later ?? 0) * 1000;
    expect(later - now.getTime()).toBeGreaterThanOrEqual(0);
    expect(later - now.getTime()).toBeLessThan(30_000);
  },
);

test("the gym's day at an instant is that of its time zone", async ({ tx }) => {
  const instant = new Date("2026-11-22T23:30:00Z");
  expect(await readClock(tx, instant)).toEqual({ now: instant, timeZone: "Europe/Zurich", today: "2026-11-23" });
});
