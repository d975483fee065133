import { and, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { automationWorkflows, users, workflowRuns, workflowVersions } from "../schema/index.ts";
import { isByTime, type LogSpan, newestFirst } from "./log-order.ts";
import { memberName } from "./logs.ts";
import { readByTime } from "./read-by-time.ts";

type Run = typeof workflowRuns.$inferSelect;

export type RunFilter = LogSpan & {
  workflowId?: number;
  memberId?: number;
  status?: Run["status"];
  reason?: string;
};

type Page = {
  /** Rows older than this one. */
  beforeId?: number;
  limit: number;
};

export type RunLogRow = Awaited<ReturnType<typeof listRuns>>[number];
export type RunDetail = NonNullable<Awaited<ReturnType<typeof findRun>>>;

const runs = workflowRuns;

const summary = {
  id: runs.id,
  memberId: runs.memberId,
  memberName,
  workflowId: runs.workflowId,
  workflowName: automationWorkflows.name,
  status: runs.status,
  reason: runs.reason,
  origin: runs.origin,
  startedAt: runs.startedAt,
  dueAt: runs.dueAt,
  endedAt: runs.endedAt,
};

const columns = { id: runs.id, at: runs.startedAt };

/** Runs, newest first. */
export function listRuns(db: Db, { beforeId, limit, ...filter }: RunFilter & Page) {
  return isByTime(filter)
    ? readByTime(db, runs, columns, { ...filter, beforeId, limit }, (within, room) =>
        readRuns(db, filter, within, room),
      )
    : readRuns(db, filter, beforeId === undefined ? undefined : lt(runs.id, beforeId), limit);
}

function readRuns(db: Db, filter: RunFilter, place: SQL | undefined, limit: number) {
  const { workflowId, memberId, status, reason } = filter;
  return db
    .select(summary)
    .from(runs)
    .leftJoin(users, eq(users.id, runs.memberId))
    .leftJoin(automationWorkflows, eq(automationWorkflows.id, runs.workflowId))
    .where(
      and(
        place,
        workflowId === undefined ? undefined : eq(runs.workflowId, workflowId),
        memberId === undefined ? undefined : isOfMember(memberId),
        status === undefined ? undefined : isIn(status),
        reason === undefined ? undefined : eq(runs.reason, reason),
      ),
    )
    .orderBy(...newestFirst(columns, filter))
    .limit(limit);
}

/** The index of a member's runs begins with the workflow, of which there are few. */
const isOfMember = (memberId: number): SQL =>
  sql`${runs.memberId} = ${memberId} and ${runs.workflowId} = any(array(select id from automation_workflows))`;

/** Also says what the indexes of those that go on, and of those that ended early, know them by. */
function isIn(status: Run["status"]): SQL | undefined {
  const known = {
    going: isNull(runs.endedAt),
    early: sql`${runs.status} in ('exited', 'cancelled', 'expired', 'failed')`,
    done: undefined,
  };
  const isGoing = status === "active" || status === "waiting" || status === "held";
  return and(eq(runs.status, status), known[isGoing ? "going" : status === "done" ? "done" : "early"]);
}

export async function findRun(db: Db, id: number) {
  const [row] = await db
    .select({
      ...summary,
      isEnabled: automationWorkflows.isEnabled,
      occurrence: runs.occurrence,
      facts: runs.facts,
      stepId: runs.stepId,
      version: workflowVersions.number,
      trigger: workflowVersions.trigger,
      /** Of the run's own version, as it is stored. */
      steps: workflowVersions.steps,
    })
    .from(runs)
    .leftJoin(users, eq(users.id, runs.memberId))
    .leftJoin(automationWorkflows, eq(automationWorkflows.id, runs.workflowId))
    .leftJoin(workflowVersions, eq(workflowVersions.id, runs.versionId))
    .where(eq(runs.id, id));
  return row ?? null;
}
