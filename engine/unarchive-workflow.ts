import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { isUniqueViolation } from "#db/errors";
import { insertAuditEvent } from "#db/queries/audit";
import { listTakenNames } from "#db/queries/drafts";
import { automationWorkflows } from "#db/schema/index";
import { AppError } from "#lib/errors";
import type { Clock } from "./define.ts";
import { requireDraft } from "./editing/draft.ts";
import { freeName } from "./editing/free-name.ts";

/**
 * Takes an archived workflow back, switched off. The runs that ended with it stay ended. If its name is another's by now, it
 * gets a number. Returns its name.
 * @throws AppError `not_found`; `conflict` where somebody takes the name in this moment.
 */
export async function unarchiveWorkflow(
  db: Db,
  { workflowId, actorId }: { workflowId: number; actorId: number | null },
  clock: Clock,
): Promise<{ name: string }> {
  return withTransaction(db, async (tx) => {
    const found = await requireDraft(tx, workflowId);
    if (!found.archivedAt) {
      return { name: found.name };
    }
    const name = freeName(found.name, await listTakenNames(tx));
    try {
      await tx.execute(sql`
        update ${automationWorkflows}
        set archived_at = null, name = ${name}, updated_at = ${clock.now}::timestamptz, updated_by = ${actorId}::bigint
        where id = ${workflowId} and archived_at is not null`);
    } catch (error) {
      if (isUniqueViolation(error, "automation_workflows_name")) {
        throw new AppError("conflict", `There is another workflow called "${name}" since this moment. Try again.`);
      }
      throw error;
    }
    await insertAuditEvent(tx, {
      actorId,
      action: "workflow.restored",
      subjectType: "workflow",
      subjectId: workflowId,
    });
    return { name };
  });
}
