import { one } from "#lib/rows";
import { migrateQueue } from "#worker/connection";
import { speedUpClock } from "../test/chaos/fast-clock.ts";
import { startProcess } from "../test/security/own-process.ts";
import { startRedis } from "../test/support/redis.ts";
import { until } from "../test/support/until.ts";
import type { Gym } from "./measure.ts";

export const backends = ["redis", "postgres"] as const;
export type Backend = (typeof backends)[number];

/** The clock of the gym's database shows the day that the gym is made for, for whoever connects from now on. */
export const setClock = ({ url }: Gym) => speedUpClock(url, 1, new URL(url).username);

/** Runs `work` while that many worker processes, as in production, wait for it with nothing to do. */
export async function withWorkers<Result>(
  { url, db }: Gym,
  { backend, count }: { backend: Backend; count: number },
  work: () => Promise<Result>,
): Promise<Result> {
  await migrateQueue(url);
  const redis = backend === "redis" ? await startRedis() : null;
  const env = {
    DATABASE_URL: url,
    ...(redis && { REDIS_URL: redis.url }),
    APP_URL: "http://localhost:3000",
    AUTH_SECRET: "benchmarks".repeat(4),
    LOG_LEVEL: "warn",
  };
  const workers = Array.from({ length: count }, () => startProcess("worker/main.ts", env));
  try {
    await until(
      async () => {
        const { rows } = await db.execute<{ ready: number }>(
          "select count(*)::int as ready from worker_heartbeats where is_queue_reachable",
        );
        return one(rows).ready;
      },
      (ready) => ready === count,
      30_000,
    );
    return await work();
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    process.stderr.write(workers.map((worker) => worker.printed()).join(""));
    await redis?.stop();
  }
}
