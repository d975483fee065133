import { eq, sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { automationWorkflows, workflowRuns } from "#db/schema/index";
import { cancelMessages } from "./cancel-messages.ts";
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
    await cancelMessages(tx, sql`workflow_id = ${workflowId}`, "workflow_deleted");
    return { cancelled: rowCount ?? 0 };
  });
}
