import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import type { StoredWorkflow } from "#db/queries/workflows";
import { memberFacts } from "#db/schema/index";
import { calendarDay } from "#lib/calendar";
import { one } from "#lib/rows";
import { isInAudience } from "./audience.ts";
import type { Clock } from "./define.ts";

/**
 * The brake: whether so many runs at once are more than an admin would expect, so that they wait for one. More than the
 * settings' minimum, and also more than so many times the median of the workflow's own last 14 days, or than a share of
 * the active members. For the median count
 * neither days before it was switched on, nor runs that were missed, held or discarded.
 */
export async function isTooMany(db: Db, workflow: StoredWorkflow, runs: number, clock: Clock): Promise<boolean> {
  const { minimum, ...allowed } = await readLimits(db, workflow, clock, runs);
  const aboveMedian = allowed.byMedian !== null && runs > allowed.byMedian;
  return runs > minimum && (aboveMedian || runs > allowed.byShare);
}

type Limits = { minimum: number; byMedian: number | null; byShare: number };

async function readLimits(db: Db, workflow: StoredWorkflow, clock: Clock, runs: number): Promise<Limits> {
  const { rows: settings } = await db.execute<{ minimum: number; factor: number; percent: number }>(sql`
    select brake_min_runs as minimum, brake_median_factor as factor, brake_member_share_percent as percent
    from gym_settings`);
  const { minimum, factor, percent } = one(settings);
  if (runs <= minimum) {
    return { minimum, byMedian: null, byShare: 0 };
  }
  const onSince = calendarDay(workflow.enabledAt ?? workflow.createdAt, clock.timeZone);
  const { rows } = await db.execute<{ median: number | null; active: number }>(sql`
    select (
      select percentile_cont(0.5) within group (order by coalesce(started, 0)) from generate_series(
        greatest(${clock.today}::date - 14, ${onSince}::date), ${clock.today}::date - 1, interval '1 day') as day
      left join (
        select started_on, count(*) as started from workflow_runs
        where workflow_id = ${workflow.id} and origin <> 'missed' and status <> 'held' and reason is distinct from 'discarded'
          and started_on >= ${clock.today}::date - 14
        group by started_on
      ) as history on started_on = day::date
    ) as median,
    (select count(*)::int from ${memberFacts} where ${isInAudience("active", clock.today)}) as active`);
  const { median, active } = one(rows);
  return { minimum, byMedian: median === null ? null : median * factor, byShare: (active * percent) / 100 };
}
