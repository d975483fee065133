import { sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import { type Db, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { workflowRuns } from "#db/schema/index";
import type { Clock } from "./define.ts";
import { requireWorkflow } from "./require-workflow.ts";

type Held = { workflowId: number; actorId: number | null };

/**
 * Lets a workflow's held runs begin. They are owed since they were started: who approves them days later finds them too
 * late by the same rule as any other run. Returns how many there were.
 */
export async function approveHeld(db: Db, { workflowId, actorId }: Held): Promise<number> {
  return withTransaction(db, async (tx) => {
    await requireWorkflow(tx, workflowId);
    const { rowCount } = await tx.execute(sql`
      update ${workflowRuns} set status = 'active', due_at = started_at
      where workflow_id = ${workflowId} and status = 'held'`);
    const runs = rowCount ?? 0;
    if (runs > 0) {
      await insertAuditEvent(tx, {
        actorId,
        action: "workflow.held_approved",
        subjectType: "workflow",
        subjectId: workflowId,
        after: { runs },
      });
      await ringBell(tx, "steps");
    }
    return runs;
  });
}

/** Ends a workflow's held runs before they begin. Their members stay on the cooldown. Returns how many there were. */
export async function discardHeld(db: Db, { workflowId, actorId }: Held, clock: Clock): Promise<number> {
  return withTransaction(db, async (tx) => {
    await requireWorkflow(tx, workflowId);
    const { rowCount } = await tx.execute(sql`
      update ${workflowRuns} set status = 'cancelled', reason = 'discarded', ended_at = ${clock.now}::timestamptz
      where workflow_id = ${workflowId} and status = 'held'`);
    const runs = rowCount ?? 0;
    if (runs > 0) {
      await insertAuditEvent(tx, {
        actorId,
        action: "workflow.held_discarded",
        subjectType: "workflow",
        subjectId: workflowId,
        after: { runs },
      });
    }
    return runs;
  });
}
