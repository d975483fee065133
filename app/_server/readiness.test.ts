import { sql } from "drizzle-orm";
import { expect, onTestFinished, vi } from "vitest";
import { connect } from "#db/client";
import { test } from "../../test/support/database.ts";
import { readReadiness } from "./readiness.ts";

const now = new Date("2026-11-22T08:00:00Z");

test.for<[string, [secondsAgo: number, isQueueReachable: boolean][], string]>([
  ["no worker was ever seen", [], "unknown"],
  ["the only worker was last seen 31 s ago", [[31, true]], "unknown"],
  ["a worker reaches its queue", [[5, true]], "ok"],
  ["a worker cannot reach its queue", [[5, false]], "degraded"],
  [
    "one of two workers reaches it",
    [
      [5, false],
      [29, true],
    ],
    "ok",
  ],
  [
    "the one that reached it is gone",
    [
      [5, false],
      [31, true],
    ],
    "degraded",
  ],
])("the database is fine and %s", async ([, workers, queue], { tx }) => {
  for (const [place, [secondsAgo, isQueueReachable]] of workers.entries()) {
    await tx.execute(sql`
      insert into worker_heartbeats (worker_id, started_at, seen_at, is_queue_reachable)
      values (${`worker ${place}`}, now(), ${now.toISOString()}::timestamptz - make_interval(secs => ${secondsAgo}), ${isQueueReachable})`);
  }
  expect(await readReadiness(tx, now)).toEqual({ database: "ok", queue });
});

test("a database that does not answer is said, not thrown", async () => {
  vi.stubEnv("DATABASE_URL", "postgres://app@127.0.0.1:1/none");
  vi.stubEnv("APP_URL", "https://app.gym.example");
  vi.stubEnv("AUTH_SECRET", "x".repeat(40));
  vi.stubEnv("LOG_LEVEL", "silent");
  const { db, close } = connect({ connectionString: "postgres://app@127.0.0.1:1/none" });
  onTestFinished(() => close());
  expect(await readReadiness(db, now)).toEqual({ database: "failed", queue: "unknown" });
});
