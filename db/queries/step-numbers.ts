import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { automationLogs, workflowRuns } from "../schema/index.ts";

/** How many of a workflow's runs are at each of its steps now, by the step's id. */
export async function countRunsAtSteps(db: Db, workflowId: number): Promise<Map<number, number>> {
  // The first part is all in the index of due runs, the second in that of held ones.
  const { rows } = await db.execute<{ stepId: number; runs: number }>(sql`
    select step_id as "stepId", count(*)::int as runs from (
      select step_id from ${workflowRuns} where workflow_id = ${workflowId} and due_at is not null
      union all
      select step_id from ${workflowRuns} where workflow_id = ${workflowId} and status = 'held'
    ) open where step_id is not null group by step_id`);
  return new Map(rows.map(({ stepId, runs }) => [stepId, runs]));
}

type Counted = {
  stepId: number;
  outcome: "done" | "queued" | "skipped" | "failed";
  reason: string | null;
  count: number;
  oldest: Date;
};

type Window = {
  since: Date;
  /** Rows at most, the newest: a workflow may have millions, and nobody waits for all of them. */
  limit: number;
};

/** How a workflow's steps ended. Where the newest rows end is found in the index alone; only those are read. */
export async function countOutcomes(db: Db, workflowId: number, { since, limit }: Window): Promise<Counted[]> {
  const { rows } = await db.execute<Omit<Counted, "oldest"> & { oldest: string }>(sql`
    select step_id as "stepId", outcome, reason, count(*)::int as count, min(executed_at) as oldest
    from ${automationLogs}
    where workflow_id = ${workflowId} and executed_at > ${since}::timestamptz and id > coalesce(
      (select id from ${automationLogs} where workflow_id = ${workflowId} order by id desc offset ${limit} limit 1), 0)
    group by step_id, outcome, reason`);
  return rows.map(({ oldest, ...row }) => ({ ...row, oldest: new Date(oldest) }));
}
