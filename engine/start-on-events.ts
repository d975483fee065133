import { sql } from "drizzle-orm";
import { type Tx, withSavepoint } from "#db/client";
import { isStatementTimeout, isTransient } from "#db/errors";
import { holdLive, listEnabledWorkflows, type StoredWorkflow } from "#db/queries/workflows";
import { workflowRuns } from "#db/schema/index";
import { one } from "#lib/rows";
import { isTooMany } from "./brake.ts";
import type { Clock, MemberEvent, Trigger } from "./define.ts";
import { type Definition, parseDefinition } from "./definition.ts";
import { findProblems } from "./references.ts";
import { judgeStart, type Start, startRuns } from "./start-runs.ts";
import { triggers } from "./triggers/index.ts";

type Event = { memberId: number; type: MemberEvent };

/** A workflow that waits for events, as it stays until the transaction ends. */
type Startable = { workflow: StoredWorkflow; definition: Definition; types: MemberEvent[] };

/**
 * The workflows that such events may start, held before any run is locked: whoever deletes a workflow locks it first and
 * its runs then, too.
 */
export async function holdStartable(tx: Tx, events: Event[]): Promise<Startable[]> {
  const startable: Startable[] = [];
  for (const workflow of events.length > 0 ? await listEnabledWorkflows(tx) : []) {
    const { definition } = parseDefinition(workflow);
    const trigger: Trigger | undefined = definition ? triggers.get(definition.trigger.type) : undefined;
    const types = (definition && trigger?.startsOn?.(definition.trigger.params)) ?? [];
    const isAwaited = events.some(({ type }) => types.includes(type));
    if (definition && isAwaited && (await holdLive(tx, workflow))) {
      startable.push({ workflow, definition, types });
    }
  }
  return startable;
}

/**
 * Starts these workflows for the members to whom what they wait for happened: at once, where a sweep would find
 * them tomorrow. Only happenings of today count; what is brought in late is the sweep's. Returns how many runs began.
 */
export async function startOnEvents(tx: Tx, startable: Startable[], events: Event[], clock: Clock): Promise<number> {
  let begun = 0;
  for (const { workflow, definition, types } of startable) {
    const memberIds = events.flatMap(({ memberId, type }) => (types.includes(type) ? [memberId] : []));
    if (memberIds.length === 0 || (await findProblems(tx, workflow)).problems.length > 0) {
      continue;
    }
    const among: Start["among"] = (id) => sql`${id} = any(${sql.param(memberIds)}::bigint[])`;
    const days = { first: clock.today, last: clock.today };
    begun += await startFenced(tx, { workflow, definition, clock, among, days });
  }
  return begun;
}

/** One that fails is left to the sweep, which says so: the other workflows, and those whose runs end, go on. */
async function startFenced(tx: Tx, start: Start): Promise<number> {
  try {
    return await withSavepoint(tx, (inner) => startSome(inner, start));
  } catch (error) {
    if (isTransient(error) && !isStatementTimeout(error)) {
      throw error;
    }
    return 0;
  }
}

/** The brake counts what the day's events have started so far: an import comes in many small pieces. */
async function startSome(tx: Tx, start: Start): Promise<number> {
  const { free } = await judgeStart(tx, start, Number.MAX_SAFE_INTEGER);
  if (free === 0) {
    return 0;
  }
  const { rows } = await tx.execute<{ started: number }>(sql`
    select count(*)::int as started from ${workflowRuns}
    where workflow_id = ${start.workflow.id} and started_on = ${start.clock.today}::date and origin = 'event'`);
  const isHeld = await isTooMany(tx, start.workflow, one(rows).started + free, start.clock);
  return startRuns(tx, start, { origin: "event", isHeld });
}
