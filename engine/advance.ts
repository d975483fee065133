import type { Tx } from "#db/client";
import { advanceRuns, beginWait, endRuns, type StepLog } from "#db/queries/runs";
import type { Claim, ClaimedRun } from "./claim.ts";
import type { Clock, FillText } from "./define.ts";
import { type Definition, findPlace } from "./definition.ts";
import type { Place } from "./steps.ts";

/** A batch in the hands of the worker that executes it. */
export type Lead = {
  tx: Tx;
  claim: Claim;
  definition: Definition;
  clock: Clock;
  leaseMs: number;
  fillText?: FillText;
  /** What the log will say, in its order. */
  logs: StepLog[];
};

type Group = {
  next: number | null;
  runs: ClaimedRun[];
  /** What a wait is counted from: now, when the previous step executed; or when the run was due to begin. */
  since?: "now" | "due";
};

/**
 * Moves runs to their next step: to its end, into a wait, or on at once. Returns those that go on, still leased. Runs that
 * all go to the same step go there by `goOn`, if it is given, and not to where their cursor would have to be written.
 */
export async function advance(
  lead: Lead,
  groups: Group[],
  goOn?: (place: Place, runs: ClaimedRun[]) => Promise<Claim[]>,
): Promise<Claim[]> {
  const { tx, claim, definition, clock, leaseMs } = lead;
  const onward: Claim[] = [];
  const ways = merge(groups);
  for (const { next, runs, since = "now" } of ways) {
    const runIds = runs.map(({ runId }) => runId);
    const place = next === null ? undefined : findPlace(definition, next);
    const step = place?.step;
    if (!step) {
      await endRuns(tx, runIds, { status: "done", reason: null, endedAt: clock.now });
    } else if ("wait" in step) {
      const from = runs.map(({ runId, dueAt }) => ({ runId, from: since === "due" ? dueAt : clock.now }));
      await beginWait(tx, from, step.id, step.wait, clock.timeZone);
    } else if (goOn && ways.length === 1) {
      onward.push(...(await goOn(place, runs)));
    } else {
      await advanceRuns(tx, runIds, { stepId: step.id, dueAt: clock.now, leaseMs });
      const moved = runs.map((run) => ({ ...run, dueAt: clock.now, attempts: 1 }));
      onward.push({ ...claim, stepId: step.id, runs: moved });
    }
  }
  return onward;
}

/** Both sides of a branch may lead to the same step. */
function merge(groups: Group[]): Group[] {
  const byNext = new Map<string, Group>();
  for (const group of groups) {
    const key = `${group.next} ${group.since}`;
    const known = byNext.get(key);
    byNext.set(key, known ? { ...known, runs: [...known.runs, ...group.runs] } : group);
  }
  return [...byNext.values()].filter(({ runs }) => runs.length > 0);
}
