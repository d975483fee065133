import { sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import { type Db, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { workflowRuns } from "#db/schema/index";
import { cancelMessages } from "../cancel-messages.ts";
import type { Clock } from "../define.ts";

type ByHand = { runId: number; actorId: number };

/**
 * Ends a run that goes on, with what of its messages has not left. A step that is being executed in this moment is waited
 * for. Its member stays on the cooldown. False when it had ended before.
 */
export function cancelRun(db: Db, { runId, actorId }: ByHand, clock: Clock): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const { rows } = await tx.execute<{ status: string }>(sql`
      with going as (select id, status from ${workflowRuns} where id = ${runId} and ended_at is null for no key update)
      update ${workflowRuns} r
      set status = 'cancelled', reason = 'stopped_by_hand', ended_at = ${clock.now}::timestamptz, due_at = null,
          lease_token = null, lease_until = null, attempts = 0
      from going where r.id = going.id
      returning going.status`);
    const [was] = rows;
    if (!was) {
      return false;
    }
    await cancelMessages(tx, sql`run_id = ${runId}`, "stopped_by_hand");
    await insertAuditEvent(tx, {
      actorId,
      action: "run.cancelled",
      subjectType: "run",
      subjectId: runId,
      before: was,
      after: { status: "cancelled" },
    });
    return true;
  });
}

/** Why a run that failed may go on where it stood: nothing of the step at its cursor was done. */
export const resumable = ["gave_up", "definition_invalid"];

/**
 * Lets a run that failed try the step that it failed at once more; what came before is not done again. Whether it may
 * still go on is asked before the step, as of any. False when it goes on already, or another of its workflow does.
 */
export function resumeRun(db: Db, { runId, actorId }: ByHand, clock: Clock): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const { rows } = await tx.execute<{ reason: string }>(sql`
      with failed as (
        select id, reason from ${workflowRuns}
        where id = ${runId} and status = 'failed' and reason = any(${sql.param(resumable)}::text[]) and step_id is not null
        for no key update
      )
      update ${workflowRuns} r
      set status = 'active', reason = null, ended_at = null, due_at = ${clock.now}::timestamptz, attempts = 0
      from failed
      where r.id = failed.id and not exists (
        select from ${workflowRuns} other
        where other.member_id = r.member_id and other.workflow_id = r.workflow_id and other.ended_at is null)
      returning failed.reason`);
    const [was] = rows;
    if (!was) {
      return false;
    }
    await insertAuditEvent(tx, {
      actorId,
      action: "run.resumed",
      subjectType: "run",
      subjectId: runId,
      before: { status: "failed", ...was },
      after: { status: "active" },
    });
    await ringBell(tx, "steps");
    return true;
  });
}
