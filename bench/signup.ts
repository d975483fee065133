import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { recordMemberEvents } from "#db/queries/members";
import { readClock } from "#engine/clock";
import { one } from "#lib/rows";
import { connectQueue } from "#worker/connection";
import { startRedis } from "../test/support/redis.ts";
import { until } from "../test/support/until.ts";
import { type Gym, ms, type Print, whole, withGym } from "./measure.ts";
import { oneStep } from "./sweep.ts";
import { type Backend, backends, withWorkers } from "./workers.ts";

/** From one to the next: the worker has nothing to do in between. */
const pauseMs = 50;

/** From a member's creation to the beginning of the first step of their welcome, by an idle worker; beside a job of the queue's. */
export async function benchSignup(repetitions: number, print: Print = console.log): Promise<void> {
  await withGym({ members: 1_000, visitsPerMember: 1 }, async (gym) => {
    await gym.db.execute(sql`
      insert into automation_workflows (name, trigger, steps, is_enabled)
      values ('Welcome', '{"type": "new_member_welcome", "params": {"days_since_join": 0}}', ${JSON.stringify(oneStep)}, true)`);
    await gym.db.execute(sql`update gym_settings set brake_min_runs = 1000000`);
    for (const backend of backends) {
      const ours = await withWorkers(gym, { backend, count: 1 }, () => signUp(gym.db, repetitions));
      const limit = await addJobs(gym, backend, repetitions);
      print(`${backend}, ${whole(repetitions)} members one after the other: ${percentiles(ours)} (goal p95 ≤ 50 ms)`);
      print(`  a job of the queue's, from its addition to its start: ${percentiles(limit)}`);
    }
  });
}

async function signUp(db: Db, count: number): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < count; index++) {
    const clock = await readClock(db);
    const { memberId, from } = await withTransaction(db, async (tx) => {
      const { rows } = await tx.execute<{ memberId: number; from: number }>(sql`
        insert into users (first_name, email, join_date) values ('Ada', 'ada@example.ch', ${clock.today})
        returning id as "memberId", extract(epoch from clock_timestamp())::float8 * 1000 as "from"`);
      const created = one(rows);
      await recordMemberEvents(tx, [{ memberId: created.memberId, type: "joined" }], clock.now);
      return created;
    });
    const [log] = await until(
      async () => {
        const { rows } = await db.execute<{ at: number }>(sql`
          select extract(epoch from executed_at)::float8 * 1000 as at from automation_logs where member_id = ${memberId}`);
        return rows;
      },
      ({ length }) => length > 0,
    );
    samples.push((log?.at ?? Number.NaN) - from);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return samples;
}

async function addJobs({ url }: Gym, backend: Backend, count: number): Promise<number[]> {
  const redis = backend === "redis" ? await startRedis() : null;
  const { queue, startWorker, close } = await connectQueue({ redisUrl: redis?.url, databaseUrl: url });
  const samples: number[] = [];
  let hear: () => void = () => {};
  const worker = await startWorker(async () => hear(), { concurrency: 1 });
  for (let index = 0; index < count; index++) {
    const from = performance.now();
    await new Promise<void>((resolve) => {
      hear = resolve;
      void queue.add("events", {});
    });
    samples.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  await worker.close();
  await close();
  await redis?.stop();
  return samples;
}

function percentiles(samples: number[]): string {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => ms(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN);
  return `p50 ${at(0.5)}, p95 ${at(0.95)}`;
}
