import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { one } from "#lib/rows";
import { test } from "../test/support/database.ts";
import { until } from "../test/support/until.ts";
import { awaitTurn } from "./provider-account.ts";
import { createOutbox } from "./providers/outbox.ts";

test("G10: turns that went by while nothing could run are not taken all at once", async ({ database: { db } }) => {
  const provider = { ...createOutbox(), requestsPerSecond: 10 };
  const starts: number[] = [];
  const waiting = Array.from({ length: 5 }, () => awaitTurn(db, provider).then(() => starts.push(performance.now())));
  const takenMs = async () => {
    const { rows } = await db.execute<{ ms: number }>(sql`
      select coalesce(extract(epoch from max(next_request_at) - clock_timestamp()), 0)::float8 * 1000 as ms from provider_accounts`);
    return one(rows).ms;
  };
  await until(takenMs, (ms) => ms > 400);
  const stalledUntil = performance.now() + 700;
  while (performance.now() < stalledUntil) {
    // As in a long collection of garbage, or on a machine that somebody else has.
  }
  await Promise.all(waiting);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  // A tenth of a second each, but for what a crowded machine adds to one and takes from the next.
  expect(gaps.filter((gap) => gap < 50)).toEqual([]);
});
