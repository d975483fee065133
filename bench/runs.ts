import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { today } from "./gym.ts";
import { median, type Print, time, whole, withGym } from "./measure.ts";
import { forgetRuns, oneStep } from "./sweep.ts";
import { storeWorkflows } from "./workflows.ts";

/** Runs of every member, written into the table with all its keys and into a heap with none. */
export async function benchRuns(members: number, repetitions: number, print: Print = console.log): Promise<void> {
  await withGym({ members, visitsPerMember: 1 }, async ({ db }) => {
    await storeWorkflows(db, oneStep);
    await db.execute(sql`create table bare_runs (like workflow_runs including defaults including identity)`);
    const keyed: number[] = [];
    const heap: number[] = [];
    for (let repetition = 0; repetition < repetitions; repetition++) {
      await forgetRuns(db);
      await db.execute(sql`truncate bare_runs`);
      keyed.push(await time(() => insertRuns(db, "workflow_runs")));
      heap.push(await time(() => insertRuns(db, "bare_runs")));
    }
    const rate = (samples: number[]) => (members / median(samples)) * 1000;
    const share = rate(keyed) / rate(heap);
    print(
      `${whole(members)} runs, medians of ${repetitions}: ${whole(rate(keyed))} rows/s with all keys (goal ≥ 60,000)`,
    );
    print(`bare heap ${whole(rate(heap))} rows/s: ${share.toFixed(2)} × (goal ≥ 0.2)`);
  });
}

async function insertRuns(db: Db, table: "workflow_runs" | "bare_runs") {
  await db.execute(`
    insert into ${table} (workflow_id, version_id, member_id, step_id, started_on, started_at, due_at)
    select 1, 1, id, 1, '${today}', now(), now() from users order by id`);
}
