import { and, desc, eq, gte, isNull, lt, type SQL, sql } from "drizzle-orm";
import { addDays, calendarDay } from "#lib/calendar";
import type { Db } from "../client.ts";
import { automationWorkflows, users, workflowRuns, workflowVersions } from "../schema/index.ts";
import { isByTime, isInSpan, type LogSpan } from "./log-order.ts";
import { memberName } from "./logs.ts";

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

/** Runs, newest first; those of a time by the gym's days, and by their ids within each. */
export async function listRuns(db: Db, { beforeId, limit, ...filter }: RunFilter & Page) {
  if (!isByTime(filter)) {
    return readRuns(db, filter, limit, beforeId === undefined ? undefined : lt(runs.id, beforeId));
  }
  const place = await findPlace(db, beforeId);
  if (!place) {
    return [];
  }
  // Clocks of two workers may differ around a midnight.
  const [end, isFurther] = beforeId === undefined ? [addDays(place.day, 1)] : [place.day, isBefore(place)];
  const found: Awaited<ReturnType<typeof readRuns>> = [];
  for (const days of listStretches(filter, end)) {
    found.push(...(await readRuns(db, filter, limit - found.length, and(days, isFurther))));
    if (found.length === limit) {
      break;
    }
  }
  return found;
}

function readRuns(db: Db, filter: RunFilter, limit: number, place: SQL | undefined) {
  const { workflowId, memberId, status, reason } = filter;
  return db
    .select(summary)
    .from(runs)
    .leftJoin(users, eq(users.id, runs.memberId))
    .leftJoin(automationWorkflows, eq(automationWorkflows.id, runs.workflowId))
    .where(
      and(
        place,
        isInSpan(runs.startedAt, filter),
        workflowId === undefined ? undefined : eq(runs.workflowId, workflowId),
        memberId === undefined ? undefined : isOfMember(memberId),
        status === undefined ? undefined : isIn(status),
        reason === undefined ? undefined : eq(runs.reason, reason),
      ),
    )
    .orderBy(...(isByTime(filter) ? [desc(runs.startedOn)] : []), desc(runs.id))
    .limit(limit);
}

type Place = { id: number; day: string };

/** Of a run, or of the newest one. */
async function findPlace(db: Db, id?: number): Promise<Place | undefined> {
  const [place] = await db
    .select({ id: runs.id, day: runs.startedOn })
    .from(runs)
    .where(id === undefined ? undefined : eq(runs.id, id))
    .orderBy(desc(runs.id))
    .limit(1);
  return place;
}

const isBefore = ({ id, day }: Place) => sql`(${runs.startedOn}, ${runs.id}) < (${day}, ${id})`;

/** How many days back is looked for a page, while it is not full: what is further back is then never read. */
const reaches = [1, 8, 64];

/**
 * Stretches of days that meet, the newest first. Where a day's runs lie is known from a summary of the table, which costs
 * who starts runs nothing; a tree of their times would cost a fifth.
 */
function listStretches({ since, until }: LogSpan, end: string): (SQL | undefined)[] {
  // No zone's day is further than one from the day in UTC.
  const first = since && addDays(calendarDay(since, "UTC"), -1);
  const last = until && addDays(calendarDay(until, "UTC"), 1);
  const newest = last && last < end ? last : end;
  const begins = reaches.map((days) => addDays(newest, 1 - days)).filter((day) => !first || day > first);
  return [...begins, first].map((begin, index) =>
    and(
      begin === undefined ? undefined : gte(runs.startedOn, begin),
      lt(runs.startedOn, begins[index - 1] ?? addDays(newest, 1)),
    ),
  );
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
