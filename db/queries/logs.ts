import { and, asc, eq, not, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import {
  automationLogs,
  automationWorkflows,
  communicationLogs,
  communicationTemplates,
  users,
} from "../schema/index.ts";
import { isInSpan, isOlder, type LogSpan, newestFirst } from "./log-order.ts";

export type StepLogFilter = LogSpan & {
  workflowId?: number;
  memberId?: number;
  runId?: number;
  outcome?: (typeof automationLogs.$inferSelect)["outcome"];
  reason?: string;
};

type Page = {
  /** Rows older than this one. */
  beforeId?: number;
  limit: number;
};

/** A member's name in one piece; null once erased, or when an import brought none. */
export const memberName = sql<string | null>`nullif(trim(concat_ws(' ', ${users.firstName}, ${users.lastName})), '')`;

export type StepLogRow = Awaited<ReturnType<typeof listStepLogs>>[number];

/** How steps ended, newest first. */
export function listStepLogs(db: Db, { beforeId, limit, ...filter }: StepLogFilter & Page) {
  const logs = automationLogs;
  const { workflowId, memberId, runId, outcome, reason } = filter;
  const columns = { id: logs.id, at: logs.executedAt };
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
        isInSpan(columns.at, filter),
        isOlder(logs, columns, beforeId, filter),
        workflowId === undefined ? undefined : eq(logs.workflowId, workflowId),
        memberId === undefined ? undefined : eq(logs.memberId, memberId),
        runId === undefined ? undefined : eq(logs.runId, runId),
        outcome === undefined ? undefined : eq(logs.outcome, outcome),
        // Said twice, since the index of what is not done knows it by that.
        outcome === undefined || outcome === "done" ? undefined : not(logs.success),
        reason === undefined ? undefined : eq(logs.reason, reason),
      ),
    )
    .orderBy(...newestFirst(columns, filter))
    .limit(limit);
}

/** What a log can be filtered by: archived workflows too, since their history stays. */
export function listWorkflowNames(db: Db): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: automationWorkflows.id, name: automationWorkflows.name })
    .from(automationWorkflows)
    .orderBy(asc(automationWorkflows.name), asc(automationWorkflows.id));
}

/** Archived templates too, since what they said stays. */
export function listTemplateNames(db: Db): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: communicationTemplates.id, name: communicationTemplates.name })
    .from(communicationTemplates)
    .orderBy(asc(communicationTemplates.name), asc(communicationTemplates.id));
}

/** What somebody goes by in a filter, whoever they are or were. */
export async function findNameOf(db: Db, memberId: number): Promise<string | null> {
  const [row] = await db.select({ name: memberName }).from(users).where(eq(users.id, memberId));
  return row?.name ?? null;
}
