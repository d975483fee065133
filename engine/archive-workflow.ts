import { eq, sql } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { automationWorkflows, workflowRuns } from "#db/schema/index";
import type { Clock } from "./define.ts";
import { requireWorkflow } from "./require-workflow.ts";

/**
 * Deletes a workflow as far as the gym is concerned. Its runs are cancelled; its history, cooldowns and answered
 * happenings stay. Returns how many runs were cancelled.
 */
export async function archiveWorkflow(
  db: Db,
  { workflowId, actorId }: { workflowId: number; actorId: number | null },
  clock: Clock,
) {
  return withTransaction(db, async (tx) => {
    await requireWorkflow(tx, workflowId);
    await tx
      .update(automationWorkflows)
      .set({ isEnabled: false, archivedAt: clock.now, updatedAt: clock.now, updatedBy: actorId })
      .where(eq(automationWorkflows.id, workflowId));
    await insertAuditEvent(tx, { actorId, action: "workflow.deleted", subjectType: "workflow", subjectId: workflowId });
    // The runs first: that waits for who executes their steps, and what those queue is seen afterwards.
    const { rowCount } = await tx.execute(sql`
      update ${workflowRuns}
      set status = 'cancelled', reason = 'workflow_deleted', ended_at = ${clock.now}::timestamptz, due_at = null,
          lease_token = null, lease_until = null
      where workflow_id = ${workflowId} and ended_at is null`);
    await cancelMessages(tx, workflowId);
    return { cancelled: rowCount ?? 0 };
  });
}

/**
 * What waits to go out stays here, and its step says why. What may have left already is for a person to judge; what is being
 * handed over in this moment is settled by whoever does that.
 */
async function cancelMessages(tx: Tx, workflowId: number) {
  await tx.execute(sql`
    with waiting as (
      select id from communication_logs
      where channel in ('email', 'in_app', 'sms') and workflow_id = ${workflowId} and due_at is not null
        and (lease_until is null or lease_until < clock_timestamp())
      order by id for no key update
    ),
    cancelled as (
      update communication_logs set due_at = null, lease_token = null, lease_until = null,
        status = case when first_tried_at is null then 'cancelled' else 'unconfirmed' end,
        reason = case when first_tried_at is null then 'workflow_deleted' else 'unknown_outcome' end
      where id in (select id from waiting)
      returning run_id, step_id, queued_at, status
    )
    update automation_logs l set outcome = 'skipped', reason = 'workflow_deleted'
    from cancelled c
    where c.status = 'cancelled' and l.run_id = c.run_id and l.step_id = c.step_id and l.executed_at = c.queued_at
      and l.outcome = 'queued'`);
}
