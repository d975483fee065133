import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { listMemberIdBounds } from "#db/queries/member-id-bounds";
import { listEnabledWorkflows, type StoredWorkflow } from "#db/queries/workflows";
import type { Clock } from "./define.ts";
import { type Problem, parseDefinition } from "./definition.ts";
import { findReferenceProblems } from "./references.ts";
import { type SweepCounts, startRuns } from "./start-runs.ts";

export type WorkflowSweep = SweepCounts & {
  id: number;
  name: string;
  /** Why it was not swept; empty when it was. */
  needsAttention: Problem[];
};

type SweepOptions = {
  /** One workflow alone. */
  workflowId?: number;
  /** Counts and writes nothing. */
  isDryRun?: boolean;
  origin?: "sweep" | "manual";
};

/** Members of one statement at most. Past that a sweep goes chunk by chunk, each its own transaction. */
const chunkSize = 50_000;

/** Evaluates enabled workflows over all members and starts the runs that are owed. Any number may go on at once. */
export async function sweep(db: Db, clock: Clock, options: SweepOptions = {}): Promise<WorkflowSweep[]> {
  const bounds = await listMemberIdBounds(db, chunkSize);
  const sweeps: WorkflowSweep[] = [];
  for (const workflow of await listEnabledWorkflows(db, options.workflowId)) {
    sweeps.push(await sweepWorkflow(db, workflow, clock, bounds, options));
  }
  return sweeps;
}

async function sweepWorkflow(
  db: Db,
  workflow: StoredWorkflow,
  clock: Clock,
  bounds: { above: number; upTo: number }[],
  { isDryRun = false, origin = "sweep" }: SweepOptions,
): Promise<WorkflowSweep> {
  const total = { matched: 0, started: 0, onCooldown: 0, alreadyAnswered: 0, baseline: 0, held: 0 };
  const { definition, problems } = parseDefinition(workflow);
  const missing = definition ? await findReferenceProblems(db, definition) : [];
  const needsAttention = [...problems, ...missing];
  if (definition && needsAttention.length === 0) {
    for (const members of bounds) {
      const counts = await withTransaction(db, (tx) =>
        startRuns(tx, { workflow, definition, clock, members, isDryRun, origin }),
      );
      for (const [name, count] of Object.entries(counts)) {
        total[name as keyof SweepCounts] += count;
      }
    }
  }
  return { id: workflow.id, name: workflow.name, ...total, needsAttention };
}

/** The gym days that the scheduler still owes: enabled workflows not yet swept today, once the sweep's hour has come. */
export async function sweepIfDue(db: Db, clock: Clock): Promise<WorkflowSweep[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select w.id from automation_workflows w, gym_settings g
    where w.is_enabled and ${clock.now}::timestamptz >= (${clock.today}::date + g.sweep_time) at time zone g.time_zone
      and not exists (select from swept_days d where d.workflow_id = w.id and d.swept_on = ${clock.today}::date)
    order by w.id`);
  const sweeps: WorkflowSweep[] = [];
  for (const { id } of rows) {
    for (const result of await sweep(db, clock, { workflowId: id })) {
      await recordSweptDay(db, result, clock);
      sweeps.push(result);
    }
  }
  return sweeps;
}

async function recordSweptDay(db: Db, { id, needsAttention, ...result }: WorkflowSweep, clock: Clock) {
  const { name: _, ...counts } = result;
  await db.execute(sql`
    insert into swept_days (workflow_id, swept_on, counts, finished_at)
    values (${id}, ${clock.today}, ${JSON.stringify({ ...counts, problems: needsAttention.length })}, ${clock.now})
    on conflict do nothing`);
}
