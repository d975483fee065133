import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { Pair } from "#db/queries/merged-records";
import { endRuns } from "#db/queries/runs";
import type { Clock } from "../define.ts";

/**
 * Two runs that one member would not have had: of one happening, or begun within one cooldown, or going at the same time.
 * What the winner does is not done again by the loser.
 */
export type Rivals = { winner: number; loser: number };

/** A member's runs, found by each workflow in turn: no index leads from a member to the runs that have ended. */
const runsOf = (memberId: number) =>
  sql`automation_workflows w join workflow_runs r on r.workflow_id = w.id and r.member_id = ${memberId}`;

/** Which runs stand in for which. Whichever has done more wins, so that nothing is done again; else the survivor's own. */
export async function listRivals(tx: Tx, { keep, drop }: Pair): Promise<Rivals[]> {
  const stepsDone = (run: string) => sql`(
    select count(*)::int from automation_logs l where l.run_id = ${sql.identifier(run)}.id and l.outcome in ('done', 'queued'))`;
  const { rows } = await tx.execute<{ own: number; other: number; ownSteps: number; otherSteps: number }>(sql`
    select own.id as own, other.id as other, ${stepsDone("own")} as "ownSteps", ${stepsDone("other")} as "otherSteps"
    from (select r.*, w.cooldown_period_days from ${runsOf(keep)}) own
    join workflow_runs other on other.workflow_id = own.workflow_id and other.member_id = ${drop}
    where own.occurrence = other.occurrence
       or (own.ended_at is null and other.ended_at is null)
       or (own.origin <> 'missed' and other.origin <> 'missed'
           and abs(own.started_on - other.started_on) < greatest(own.cooldown_period_days, 1))`);
  return rows.map(({ own, other, ownSteps, otherSteps }) =>
    otherSteps > ownSteps ? { winner: other, loser: own } : { winner: own, loser: other },
  );
}

/** Ends those that have lost and still go on. Returns their ids. */
export async function endLosers(tx: Tx, rivals: Rivals[], { now }: Clock): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    select id from workflow_runs
    where id = any(${sql.param(rivals.map(({ loser }) => loser))}::bigint[]) and ended_at is null`);
  const ended = rows.map(({ id }) => id);
  await endRuns(tx, ended, { status: "cancelled", reason: "merged", endedAt: now });
  return ended;
}

/**
 * Whoever has one of them in hand has lost it: they are claimed anew, in the survivor's name. A happening that both had
 * answered stays named by the survivor's own run.
 */
export async function moveRuns(tx: Tx, { keep, drop }: Pair): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update workflow_runs set member_id = ${keep}, lease_token = null, lease_until = null,
      occurrence = case when theirs.is_answered then null else workflow_runs.occurrence end
    from (
      select r.id, exists (select from workflow_runs own where own.workflow_id = r.workflow_id and own.member_id = ${keep}
                                                          and own.occurrence = r.occurrence) as is_answered
      from ${runsOf(drop)}
    ) theirs
    where workflow_runs.id = theirs.id`);
  return rowCount ?? 0;
}

/** Whichever fired last counts for the cooldown, and what one was spared at the switch the other is spared, too. */
export async function mergeStates(tx: Tx, { keep, drop }: Pair): Promise<void> {
  await tx.execute(sql`
    insert into member_workflow_state as state (workflow_id, member_id, cooldown_until)
    select w.id, ${keep}, s.cooldown_until
    from automation_workflows w join member_workflow_state s on s.workflow_id = w.id and s.member_id = ${drop}
    on conflict (workflow_id, member_id) do update
      set cooldown_until = greatest(state.cooldown_until, excluded.cooldown_until)`);
  await tx.execute(sql`
    insert into baselines (workflow_id, member_id, occurrence, created_at)
    select w.id, ${keep}, b.occurrence, b.created_at
    from automation_workflows w join baselines b on b.workflow_id = w.id and b.member_id = ${drop}
    on conflict do nothing`);
  for (const table of [sql`member_workflow_state`, sql`baselines`]) {
    await tx.execute(sql`
      delete from ${table} where member_id = ${drop} and workflow_id = any(array(select id from automation_workflows))`);
  }
}
