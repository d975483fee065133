import { eq, type SQL, sql } from "drizzle-orm";
import type { OutcomeReason } from "#lib/outcome-reasons";
import type { Db, Tx } from "../client.ts";
import { automationLogs, workflowRuns, workflowVersions } from "../schema/index.ts";

export async function findVersion(tx: Tx, id: number) {
  const [version] = await tx.select().from(workflowVersions).where(eq(workflowVersions.id, id));
  return version ?? null;
}

/** The versions that some runs are on, each with its runs. */
export async function listVersionsOfRuns(tx: Tx, runIds: number[]) {
  return tx
    .select({
      id: workflowVersions.id,
      trigger: workflowVersions.trigger,
      steps: workflowVersions.steps,
      context: workflowVersions.context,
      exitWhen: workflowVersions.exitWhen,
      runIds: sql<number[]>`json_agg(${workflowRuns.id})`,
    })
    .from(workflowRuns)
    .innerJoin(workflowVersions, eq(workflowVersions.id, workflowRuns.versionId))
    .where(sql`${workflowRuns.id} = any(${sql.param(runIds)}::bigint[])`)
    .groupBy(workflowVersions.id);
}

type OpenRun = { id: number; memberId: number; isLocked: boolean };

/**
 * The members' unfinished runs that have exit conditions, and all those of the members in `wholly`; locked, but for those
 * that are being executed in this moment.
 */
export async function lockOpenRunsOfMembers(tx: Tx, memberIds: number[], wholly: number[]): Promise<OpenRun[]> {
  const { rows } = await tx.execute<OpenRun>(sql`
    with open as (
      select id, member_id from ${workflowRuns}
      where member_id = any(${sql.param(memberIds)}::bigint[]) and ended_at is null
        and (version_id = any(array(select id from workflow_versions where exit_when <> '[]'))
             or member_id = any(${sql.param(wholly)}::bigint[]))
    ),
    locked as (
      select r.id from ${workflowRuns} r, open where r.id = open.id and r.ended_at is null
      order by r.id for no key update of r skip locked
    )
    select open.id, open.member_id as "memberId", locked.id is not null as "isLocked"
    from open left join locked on locked.id = open.id order by open.id`);
  return rows;
}

/** Locks those of the runs that are unfinished, but for those that are being executed in this moment. */
export async function lockOpenRuns(tx: Tx, runIds: number[]): Promise<Set<number>> {
  if (runIds.length === 0) {
    return new Set();
  }
  const { rows } = await tx.execute<{ id: number }>(sql`
    select id from ${workflowRuns} where id = any(${sql.param(runIds)}::bigint[]) and ended_at is null
    order by id for no key update skip locked`);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Locks those of the runs that the token's holder still has and whose workflow is still on, and says whether each comes
 * from a wait. Whose lease ran out and went to another is not among them.
 */
export async function lockLeasedRuns(tx: Tx, runIds: number[], token: string): Promise<Map<number, boolean>> {
  const { rows } = await tx.execute<{ id: number; isWaiting: boolean }>(sql`
    select r.id, r.status = 'waiting' as "isWaiting" from ${workflowRuns} r
    where r.id = any(${sql.param(runIds)}::bigint[]) and r.lease_token = ${token}
      and exists (select from automation_workflows w where w.id = r.workflow_id and w.is_enabled)
    order by r.id for no key update of r`);
  return new Map(rows.map(({ id, isWaiting }) => [id, isWaiting]));
}

/** Lets runs go that cannot be executed here and now: they are tried again, by whoever can, after some seconds. */
export async function postponeRuns(tx: Tx, runIds: number[], seconds: number): Promise<void> {
  await tx.execute(sql`
    update ${workflowRuns} set lease_token = null, lease_until = clock_timestamp() + make_interval(secs => ${seconds}), attempts = 0
    where id = any(${sql.param(runIds)}::bigint[])`);
}

/** Gives runs back. That they were claimed counts as a try only if it was the step that failed. */
export async function releaseRuns(db: Db, runIds: number[], token: string, isTry: boolean): Promise<void> {
  await db.execute(sql`
    update ${workflowRuns} set lease_until = null, attempts = greatest(attempts - ${isTry ? 0 : 1}, 0)
    where id = any(${sql.param(runIds)}::bigint[]) and lease_token = ${token}`);
}

export type StepLog = {
  runId: number;
  memberId: number;
  stepId: number;
  actionType: string;
  attempt: number;
  outcome: "done" | "queued" | "skipped" | "failed";
  reason?: OutcomeReason;
  error?: string;
  detail?: string;
};

type Execution = { workflowId: number; executedAt: Date };

export async function insertStepLogs(tx: Tx, { workflowId, executedAt }: Execution, logs: StepLog[]) {
  await tx.execute(sql`
    insert into ${automationLogs}
      (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome, reason, error_message, detail, attempt)
    select run_id, member_id, ${workflowId}, step_id, action_type, ${executedAt}::timestamptz, outcome = 'done', outcome,
           reason, error, detail, attempt
    from unnest(
      ${sql.param(logs.map(({ runId }) => runId))}::bigint[],
      ${sql.param(logs.map(({ memberId }) => memberId))}::bigint[],
      ${sql.param(logs.map(({ stepId }) => stepId))}::int[],
      ${sql.param(logs.map(({ actionType }) => actionType))}::text[],
      ${sql.param(logs.map(({ outcome }) => outcome))}::text[],
      ${sql.param(logs.map(({ reason }) => reason ?? null))}::text[],
      ${sql.param(logs.map(({ error }) => error ?? null))}::text[],
      ${sql.param(logs.map(({ detail }) => detail ?? null))}::text[],
      ${sql.param(logs.map(({ attempt }) => attempt))}::int[]
    ) as log (run_id, member_id, step_id, action_type, outcome, reason, error, detail, attempt)`);
}

/** Moves runs to their next step, due at once, and renews their lease. */
export async function advanceRuns(tx: Tx, runIds: number[], next: { stepId: number; dueAt: Date; leaseMs: number }) {
  await tx.execute(sql`
    update ${workflowRuns}
    set status = 'active', step_id = ${next.stepId}, due_at = ${next.dueAt}::timestamptz, attempts = 1,
        lease_until = clock_timestamp() + make_interval(secs => ${next.leaseMs / 1000})
    where id = any(${sql.param(runIds)}::bigint[])`);
}

export type Wait = { days?: number; hours?: number; minutes?: number };

/**
 * When a wait ends. Days end at the same wall-clock time of the gym that many days later, also over a change of the clocks;
 * hours and minutes are elapsed time.
 */
export const endOfWait = (since: SQL, { days = 0, hours = 0, minutes = 0 }: Wait, timeZone: string): SQL => sql`
  (${since} at time zone ${timeZone} + make_interval(days => ${days})) at time zone ${timeZone}
  + make_interval(hours => ${hours}, mins => ${minutes})`;

/** Puts runs to sleep at a wait. */
export async function beginWait(
  tx: Tx,
  since: { runId: number; from: Date }[],
  stepId: number,
  wait: Wait,
  timeZone: string,
) {
  await tx.execute(sql`
    update ${workflowRuns} r
    set status = 'waiting', step_id = ${stepId}, lease_token = null, lease_until = null, attempts = 0,
        due_at = ${endOfWait(sql`since.instant`, wait, timeZone)}
    from unnest(
      ${sql.param(since.map(({ runId }) => runId))}::bigint[],
      ${sql.param(since.map(({ from }) => from.toISOString()))}::timestamptz[]
    ) as since (run_id, instant)
    where r.id = since.run_id`);
}

type RunEnd = {
  status: "done" | "exited" | "cancelled" | "expired" | "failed";
  reason: OutcomeReason | null;
  endedAt: Date;
};

export async function endRuns(tx: Tx, runIds: number[], { status, reason, endedAt }: RunEnd) {
  await tx.execute(sql`
    update ${workflowRuns}
    set status = ${status}, reason = ${reason}, ended_at = ${endedAt}::timestamptz, due_at = null, lease_token = null,
        lease_until = null, attempts = 0
    where id = any(${sql.param(runIds)}::bigint[])`);
}
