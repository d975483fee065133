import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { sweep } from "#engine/sweep";
import { clock, type Size, today } from "./gym.ts";
import { type Gym, median, ms, type Print, ratio, time, whole, withGym } from "./measure.ts";
import { audienceOf, storeWorkflows, workflows } from "./workflows.ts";

export const oneStep = [{ id: 1, action: { type: "add_tag", params: { tag: "bench" } } }];

export type SweepTimes = Record<"first" | "steady" | "bareFirst" | "bareSteady", number[]> & { runs: number };

/**
 * A sweep of six workflows against bare `insert … select` on the same tables and indexes: the first, which starts all
 * runs, and a steady one, which finds everybody on cooldown.
 */
export async function benchSweep(size: Size, repetitions: number, print: Print = console.log): Promise<void> {
  await withGym(size, async (gym) => {
    await storeWorkflows(gym.db, oneStep);
    const times = await timeSweeps(gym, repetitions);
    const { first, steady, bareFirst, bareSteady, runs } = times;
    const goal = size.members < 100_000 ? 2 : 1.5;
    print(`${whole(size.members)} members, ${whole(runs)} runs, medians of ${repetitions}`);
    print(`first: ${compare(first, bareFirst)} (goal ≤ ${goal})`);
    print(`steady: ${compare(steady, bareSteady)} (goal ≤ ${goal})`);
  });
}

const compare = (ours: number[], bare: number[]) =>
  `${ms(median(ours))}, bare ${ms(median(bare))}: ${ratio(ours, bare).toFixed(2)} ×`;

/** Both in turn, so that whatever else the machine does meets both. */
export async function timeSweeps({ db }: Pick<Gym, "db">, repetitions: number): Promise<SweepTimes> {
  const times: SweepTimes = { first: [], steady: [], bareFirst: [], bareSteady: [], runs: 0 };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    await forgetRuns(db);
    times.first.push(
      await time(async () => {
        times.runs = (await sweep(db, clock, { noBrake: true })).reduce((sum, { started }) => sum + started, 0);
      }),
    );
    await passNight(db);
    for (let again = 0; again < 3; again++) {
      times.steady.push(await time(() => sweep(db, clock, { noBrake: true })));
      times.bareSteady.push(await time(() => bareSteady(db)));
    }
    await forgetRuns(db);
    times.bareFirst.push(await time(() => bareFirst(db)));
  }
  return times;
}

/** A first sweep, a night, and then steady ones. */
export async function timeSteady(db: Db, repetitions: number): Promise<number[]> {
  await sweep(db, clock, { noBrake: true });
  await passNight(db);
  const samples: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    samples.push(await time(() => sweep(db, clock, { noBrake: true })));
  }
  return samples;
}

export async function forgetRuns(db: Db) {
  await db.execute(sql`truncate member_workflow_state, workflow_runs cascade`);
  await passNight(db);
}

/** What autovacuum does between two sweeps. */
export async function passNight(db: Db) {
  await db.execute(sql`vacuum analyze member_workflow_state, workflow_runs, baselines`);
  await db.execute(sql`checkpoint`);
}

/** Runs that are over owe nothing. */
export async function bareFirst(db: Db, status: "active" | "done" = "active") {
  const isOver = status === "done";
  for (const [index, workflow] of workflows.entries()) {
    const id = index + 1;
    await db.execute(sql`
      insert into member_workflow_state (workflow_id, member_id, cooldown_until)
      select ${id}, u.id, ${today}::date + 7 from ${audienceOf(workflow)} order by u.id on conflict do nothing`);
    await db.execute(sql`
      insert into workflow_runs
        (workflow_id, version_id, member_id, occurrence, facts, step_id, started_on, started_at, status, due_at, ended_at)
      select ${id}, ${id}, u.id, ${workflow.occurrence}, ${workflow.facts}, 1, ${today}, now(), ${status},
             case when not ${isOver} then now() end, case when ${isOver} then now() end
      from ${audienceOf(workflow)} order by u.id on conflict do nothing`);
  }
}

async function bareSteady(db: Db) {
  for (const [index, workflow] of workflows.entries()) {
    const id = index + 1;
    await db.execute(sql`
      insert into workflow_runs (workflow_id, version_id, member_id, occurrence, facts, step_id, started_on, started_at, due_at)
      select ${id}, ${id}, u.id, ${workflow.occurrence}, ${workflow.facts}, 1, ${today}, now(), now()
      from ${audienceOf(workflow)} and not exists (
        select from member_workflow_state c
        where c.workflow_id = ${id} and c.member_id = u.id and c.cooldown_until > ${today}::date)
      order by u.id on conflict do nothing`);
  }
}
