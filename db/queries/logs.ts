import { and, asc, desc, eq, lt, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { automationLogs, automationWorkflows, communicationLogs, users } from "../schema/index.ts";

type StepLogFilter = {
  /** Rows older than this one. */
  beforeId?: number;
  limit: number;
  workflowId?: number;
  memberId?: number;
};

/** A member's name in one piece; null once erased, or when an import brought none. */
export const memberName = sql<string | null>`nullif(trim(concat_ws(' ', ${users.firstName}, ${users.lastName})), '')`;

export type StepLogRow = Awaited<ReturnType<typeof listStepLogs>>[number];

/** How steps ended, newest first. */
export function listStepLogs(db: Db, { beforeId, limit, workflowId, memberId }: StepLogFilter) {
  const logs = automationLogs;
  return db
    .select({
      id: logs.id,
      executedAt: logs.executedAt,
      runId: logs.runId,
      memberId: logs.memberId,
      memberName,
      workflowId: logs.workflowId,
      workflowName: automationWorkflows.name,
      stepId: logs.stepId,
      actionType: logs.actionType,
      outcome: logs.outcome,
      reason: logs.reason,
      errorMessage: logs.errorMessage,
      detail: logs.detail,
      /** The message that the step queued, if it is a send step. */
      messageId: communicationLogs.id,
    })
    .from(logs)
    .leftJoin(users, eq(users.id, logs.memberId))
    .leftJoin(automationWorkflows, eq(automationWorkflows.id, logs.workflowId))
    .leftJoin(
      communicationLogs,
      and(eq(communicationLogs.runId, logs.runId), eq(communicationLogs.stepId, logs.stepId)),
    )
    .where(
      and(
        beforeId === undefined ? undefined : lt(logs.id, beforeId),
        workflowId === undefined ? undefined : eq(logs.workflowId, workflowId),
        memberId === undefined ? undefined : eq(logs.memberId, memberId),
      ),
    )
    .orderBy(desc(logs.id))
    .limit(limit);
}

/** What a log can be filtered by: archived workflows too, since their history stays. */
export function listWorkflowNames(db: Db): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: automationWorkflows.id, name: automationWorkflows.name })
    .from(automationWorkflows)
    .orderBy(asc(automationWorkflows.name), asc(automationWorkflows.id));
}
