import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { workflowRuns } from "#db/schema/index";
import type { Clock } from "./define.ts";

/** Runs whose same step is due, leased to one worker. Who holds another token may no longer write for them. */
export type Claim = {
  token: string;
  workflowId: number;
  versionId: number;
  stepId: number;
  runs: ClaimedRun[];
};

export type ClaimedRun = { runId: number; memberId: number; dueAt: Date; attempts: number };

export type ClaimOptions = {
  /** Runs of one claim at most. */
  limit?: number;
  leaseMs?: number;
};

/** After this many claims that ended in nothing, a run is tried without neighbours: one of them may end the process. */
const companyEnds = 3;

/** Whether a run that was claimed has no neighbours in its claim. */
export const isTriedAlone = ({ attempts }: ClaimedRun) => attempts > companyEnds;

/**
 * A run whose claims end in nothing may be what ends the workers, or may have been in their hands when they ended for
 * another reason, or their connections. Most of its claims last a lease, so that twenty take about ten minutes. See
 * docs/decisions/0007-twenty-lost-claims.md.
 */
const lostClaims = 20;

/** Whether a run has been claimed in vain so often that its step is given up. Such a run has no neighbours. */
export const isWornOut = ({ attempts }: ClaimedRun) => attempts > lostClaims;

/**
 * Leases the runs that are due longest, all at the same step of the same version. Due is on the engine's clock; leases
 * are on the database's, which all workers share. Null when nothing is due. One workflow after the other is asked, so
 * that the runs which a workflow that is off leaves lying cost the others nothing.
 */
export async function claimRuns(db: Db, clock: Clock, options: ClaimOptions = {}): Promise<Claim | null> {
  const { limit = 500, leaseMs = 30_000 } = options;
  const token = randomUUID();
  const isFree = sql`r.due_at <= ${clock.now}::timestamptz and (r.lease_until is null or r.lease_until < clock_timestamp())`;
  const { rows } = await db.execute<{
    workflowId: number;
    versionId: number;
    stepId: number;
    runId: number;
    memberId: number;
    dueAt: string;
    attempts: number;
  }>(sql`
    with first as (
      select due.* from automation_workflows w, lateral (
        select r.workflow_id, r.version_id, r.step_id, r.due_at, r.attempts >= ${companyEnds} as is_alone
        from ${workflowRuns} r where r.workflow_id = w.id and ${isFree}
        order by r.due_at, r.version_id, r.step_id limit 1 for no key update skip locked
      ) due
      where w.is_enabled order by due.due_at, due.version_id, due.step_id limit 1
    ),
    picked as (
      select r.id from ${workflowRuns} r
      where r.workflow_id = (select workflow_id from first) and ${isFree}
        and r.version_id = (select version_id from first) and r.step_id = (select step_id from first)
        and (r.attempts >= ${companyEnds}) = (select is_alone from first)
      order by r.due_at, r.version_id, r.step_id
      limit (select case when is_alone then 1 else ${limit} end from first)
      for no key update of r skip locked
    )
    update ${workflowRuns} r
    set lease_token = ${token}, lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000}),
        attempts = r.attempts + 1
    where r.id = any(array(select id from picked))
    returning r.workflow_id as "workflowId", r.version_id as "versionId", r.step_id as "stepId", r.id as "runId",
              r.member_id as "memberId", r.due_at as "dueAt", r.attempts`);
  const [first] = rows;
  if (!first) {
    return null;
  }
  const { workflowId, versionId, stepId } = first;
  const runs = rows.map(({ runId, memberId, dueAt, attempts }) => ({
    runId,
    memberId,
    dueAt: new Date(dueAt),
    attempts,
  }));
  return { token, workflowId, versionId, stepId, runs };
}
