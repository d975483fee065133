import { asc, eq, sql } from "drizzle-orm";
import type { Clock } from "#lib/clock";
import type { Db } from "../client.ts";
import { users, automationWorkflows as w, workflowRuns } from "../schema/index.ts";
import { memberName } from "./logs.ts";

type Sweep = { at: string; counts: Record<string, number> | null };

/**
 * All workflows, archived ones too, each with what it did in the last 30 gym days. One look at the runs of those days, which
 * lie together, and one at the index of those in progress, for all of them.
 */
export async function listWorkflowRows(db: Db, { today }: Pick<Clock, "today">) {
  const byDay = sql`
    select workflow_id, started_on, count(*)::int as started, (count(*) filter (where status = 'done'))::int as done,
           (count(*) filter (where ended_at is not null))::int as ended
    from ${workflowRuns}
    where started_on > ${today}::date - 30 and started_on <= ${today}::date
      and status <> 'held' and origin <> 'missed' and reason is distinct from 'discarded'
    group by workflow_id, started_on`;
  return db
    .select({
      id: w.id,
      name: w.name,
      description: w.description,
      trigger: w.trigger,
      steps: w.steps,
      context: w.context,
      exitWhen: w.exitWhen,
      draft: w.draft,
      cooldownPeriodDays: w.cooldownPeriodDays,
      isEnabled: w.isEnabled,
      isNew: sql<boolean>`${w.liveVersionId} is null`,
      archivedAt: w.archivedAt,
      revisedAt: w.revisedAt,
      editor: memberName,
      started: sql<number>`coalesce(runs.started, 0)`,
      done: sql<number>`coalesce(runs.done, 0)`,
      ended: sql<number>`coalesce(runs.ended, 0)`,
      startedByDay: sql<Record<string, number>>`coalesce(runs.by_day, '{}')`,
      active: sql<number>`coalesce(open.runs, 0)`,
      held: sql<number>`coalesce(held.runs, 0)`,
      lastSweep: sql<Sweep | null>`(
        select json_build_object('at', finished_at, 'counts', counts) from swept_days
        where workflow_id = ${w.id} order by swept_on desc limit 1)`,
    })
    .from(w)
    .leftJoin(users, eq(users.id, w.revisedBy))
    .leftJoin(
      sql`(
        select workflow_id, sum(started)::int as started, sum(done)::int as done, sum(ended)::int as ended,
               json_object_agg(started_on, started) as by_day
        from (${byDay}) days group by workflow_id) runs`,
      sql`runs.workflow_id = ${w.id}`,
    )
    .leftJoin(
      sql`(select workflow_id, count(*)::int as runs from ${workflowRuns} where due_at is not null group by workflow_id) open`,
      sql`open.workflow_id = ${w.id}`,
    )
    .leftJoin(
      sql`(select workflow_id, count(*)::int as runs from ${workflowRuns} where status = 'held' group by workflow_id) held`,
      sql`held.workflow_id = ${w.id}`,
    )
    .orderBy(asc(w.id));
}

export type WorkflowListRow = Awaited<ReturnType<typeof listWorkflowRows>>[number];
