import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { one } from "#lib/rows";
import { arrive } from "./gym.ts";
import { flawless } from "./judge.ts";
import { setScene, waitForTheEnd } from "./scene.ts";
import { startPostgres } from "./servers.ts";

const minutes = Number(process.env.SOAK_MINUTES ?? 30);
const warmUpMinutes = minutes / 6;
const sampleEveryMs = 30_000;
/** Of eleven steps each, they make 200 steps a second. */
const arrivals = { members: 91, everyMs: 5_000 };
const noFaults = { limited: 0, broken: 0, reset: 0, hanging: 0 };

type Sample = { minute: number; rssMiB: number; redisKeys: number; connections: number };

test(`G24: ${minutes} minutes at 200 steps a second leave the worker as large as it was`, {
  timeout: (minutes + 10) * 60_000,
}, async ({ onTestFinished }) => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const scene = await setScene(postgres, {
    ...{ backend: "redis", seed: 1, leaseMs: 30_000, batchSize: 500 },
    providerFaults: noFaults,
  });
  onTestFinished(() => scene.strike());
  const { db, crew, orders, workflowId, databaseName, redis } = scene;
  const worker = await crew.hire(orders);

  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  const samples: Sample[] = [];
  let members = 0;
  for (let round = 1; elapsedMs() < minutes * 60_000; round++) {
    await arrive(db, workflowId, members + 1, members + arrivals.members);
    members += arrivals.members;
    if (elapsedMs() >= (samples.length + 1) * sampleEveryMs) {
      const { rows } = await db.execute<{ connections: number }>(sql`
        select count(*)::int as connections from pg_stat_activity where datname = ${databaseName} and pid <> pg_backend_pid()`);
      samples.push({
        minute: elapsedMs() / 60_000,
        rssMiB: readRssMiB(worker.process.pid),
        redisKeys: (await redis?.countKeys()) ?? 0,
        connections: one(rows).connections,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(round * arrivals.everyMs - elapsedMs(), 0)));
  }
  expect(await waitForTheEnd(db, 120_000)).toBeNull();
  await crew.dismiss(worker);

  const steady = samples.filter(({ minute }) => minute > warmUpMinutes);
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
  const keys = steady.map(({ redisKeys }) => redisKeys);
  const figures = {
    members,
    rssMiB: [steady.at(0)?.rssMiB, steady.at(-1)?.rssMiB],
    mibAMinute: slope(steady.map(({ minute, rssMiB }) => [minute, rssMiB])),
    redisKeys: [Math.min(...keys), Math.max(...keys)],
    connections: [...new Set(steady.map(({ connections }) => connections))],
  };
  console.log(JSON.stringify(figures));
  expect(figures.mibAMinute).toBeLessThanOrEqual(1);
  // A dozen keys, of which some come and go with each job: what may not be is that their number grows.
  const [earlier, later] = [keys.slice(0, keys.length / 2), keys.slice(keys.length / 2)];
  expect(Math.max(...later)).toBeLessThanOrEqual(Math.max(...earlier) * 1.05 + 2);
  expect(spread(figures.connections)).toBeLessThanOrEqual(2);
  // A rejection that nobody handled would have ended the process.
  expect(crew.crashes).toEqual([]);
  expect(await scene.judge(members)).toEqual(flawless);
});

function readRssMiB(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

/** Of the line that lies closest to the points, by least squares. */
function slope(points: [x: number, y: number][]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
