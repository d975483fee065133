import { type Db, type Tx, withTransaction } from "#db/client";
import { endRuns, findVersion, insertStepLogs, lockLeasedRuns, postponeRuns } from "#db/queries/runs";
import type { OutcomeReason } from "#lib/outcome-reasons";
import { advance, type Lead } from "./advance.ts";
import { findHolding } from "./branch.ts";
import { type Claim, type ClaimedRun, isTriedAlone, isWornOut } from "./claim.ts";
import { type Clock, done, type FillText, failed, type Outcome } from "./define.ts";
import { findPlace, firstOf, parseDefinition } from "./definition.ts";
import { endStopped } from "./end-stopped.ts";
import { perform } from "./perform.ts";
import type { BranchStep, Place, Step } from "./steps.ts";
import { findStops } from "./stops.ts";

export type ExecuteOptions = {
  leaseMs?: number;
  /** Without it texts with placeholders fail. */
  fillText?: FillText;
  /** Told of a step that this program does not know and for which runs have waited longer than a rollout takes. */
  onUnknownStep?: (step: { workflowId: number; versionId: number; stepId: number }) => void;
};

type Executed = {
  /** Steps that were executed; a step of one run is one. */
  steps: number;
  /** What is due at once at its next step, still leased: a branch parts a batch. */
  onward: Claim[];
};

const nothing: Executed = { steps: 0, onward: [] };

/** A run whose step this program does not know rests for a while: a newer worker may know it. In the end it failed. */
const unknown = { restSeconds: 60, toldAfterMinutes: 15, givenUpAfterHours: 48 };

/**
 * Executes the step of a claimed batch. Its effects, its log rows and the moved cursor commit together, so that
 * whoever repeats it after a crash finds it done or not begun.
 */
export async function executeClaim(
  db: Db,
  claim: Claim,
  clock: Clock,
  { leaseMs = 30_000, fillText, onUnknownStep }: ExecuteOptions = {},
): Promise<Executed> {
  return withTransaction(db, async (tx) => {
    const runIds = claim.runs.map(({ runId }) => runId);
    const leased = await lockLeasedRuns(tx, runIds, claim.token);
    const runs = claim.runs.filter(({ runId }) => leased.has(runId));
    if (runs.length === 0) {
      return nothing;
    }
    const version = await findVersion(tx, claim.versionId);
    const definition = version ? parseDefinition(version).definition : null;
    const place = definition ? findPlace(definition, claim.stepId) : undefined;
    if (!definition || !place) {
      if (runs.some((run) => minutesLate(run, clock) > unknown.toldAfterMinutes)) {
        onUnknownStep?.({ workflowId: claim.workflowId, versionId: claim.versionId, stepId: claim.stepId });
      }
      await restOrFail(tx, runs, clock);
      return nothing;
    }

    const { step } = place;
    const lead: Lead = { tx, claim, definition, clock, leaseMs, fillText, logs: [] };
    if (runs.some(isWornOut)) {
      return giveUp(place, runs, lead, leased);
    }
    const owed = runs.map(({ runId, dueAt }) => ({ runId, since: dueAt }));
    const stops = await findStops(tx, definition, owed, clock);
    const stopped = runs.filter(({ runId }) => stops.has(runId));
    note(lead, step, stopped.map(skip(stops)));
    await endStopped(tx, stops, clock);
    const going = runs.filter(({ runId }) => !stops.has(runId));
    // A run whose first step is a wait has not begun to wait when it is claimed.
    const arriving = "wait" in step ? going.filter(({ runId }) => !leased.get(runId)) : [];
    await advance(lead, [{ next: step.id, runs: arriving, since: "due" }]);
    const onward = await executeFrom(
      place,
      going.filter((run) => !arriving.includes(run)),
      lead,
    );
    return finish(lead, onward);
  });
}

async function finish({ tx, claim, clock, logs }: Lead, onward: Claim[]): Promise<Executed> {
  await insertStepLogs(tx, { workflowId: claim.workflowId, executedAt: clock.now }, logs);
  return { onward, steps: logs.length };
}

/**
 * Lets a step be that ended whoever tried it: nothing more is asked of its runs here, since that may be what ends them.
 * They go on with the next step; where a branch cannot be decided there is none.
 */
async function giveUp(
  { step, next }: Place,
  runs: ClaimedRun[],
  lead: Lead,
  isWaiting: Map<number, boolean>,
): Promise<Executed> {
  const { tx, clock } = lead;
  if ("wait" in step && !runs.every(({ runId }) => isWaiting.get(runId))) {
    // It has not begun: nobody may be spared it.
    return finish(lead, await advance(lead, [{ next: step.id, runs, since: "due" }]));
  }
  note(
    lead,
    step,
    runs.map((run) => failed(run, "The worker died several times on this step")),
  );
  if ("branch" in step) {
    const runIds = runs.map(({ runId }) => runId);
    await endRuns(tx, runIds, { status: "failed", reason: "gave_up", endedAt: clock.now });
    return finish(lead, []);
  }
  return finish(lead, await advance(lead, [{ next, runs }]));
}

/**
 * Executes a step and moves its runs on. The end of a wait and a branch leave nothing behind but their logs: what follows
 * them is executed in the same transaction, unless a branch parts the batch, whose one side must not fail with the other.
 * A run that is tried alone goes step by step, so that each step answers for itself.
 */
async function executeFrom(place: Place, runs: ClaimedRun[], lead: Lead): Promise<Claim[]> {
  if (runs.length === 0) {
    return [];
  }
  const { outcomes, groups } = await executeStep(place, runs, lead);
  note(lead, place.step, outcomes);
  const goOn = (next: Place, others: ClaimedRun[]) => executeFrom(next, others, lead);
  const isStepByStep = "action" in place.step || runs.some(isTriedAlone);
  return advance(lead, groups, isStepByStep ? undefined : goOn);
}

const minutesLate = ({ dueAt }: ClaimedRun, { now }: Clock) => (now.getTime() - dueAt.getTime()) / 60_000;

async function restOrFail(tx: Tx, runs: ClaimedRun[], clock: Clock) {
  const isOver = (run: ClaimedRun) => minutesLate(run, clock) > unknown.givenUpAfterHours * 60;
  const idsOf = (some: ClaimedRun[]) => some.map(({ runId }) => runId);
  await endRuns(tx, idsOf(runs.filter(isOver)), { status: "failed", reason: "definition_invalid", endedAt: clock.now });
  await postponeRuns(tx, idsOf(runs.filter((run) => !isOver(run))), unknown.restSeconds);
}

type Result = {
  outcomes: (Outcome & { detail?: string })[];
  /** Where the runs go from here. */
  groups: { next: number | null; runs: ClaimedRun[] }[];
};

async function executeStep(place: Place, runs: ClaimedRun[], { tx, claim, clock, fillText }: Lead): Promise<Result> {
  const { step, next } = place;
  if ("wait" in step) {
    return { outcomes: runs.map(done), groups: [{ next, runs }] };
  }
  if ("branch" in step) {
    return executeBranch(step, place, runs, { tx, clock });
  }
  const context = { tx, clock, workflowId: claim.workflowId, stepId: step.id, fillText };
  return { outcomes: await perform(step, runs, context), groups: [{ next, runs }] };
}

async function executeBranch(
  { branch }: BranchStep,
  place: Place,
  runs: ClaimedRun[],
  { tx, clock }: { tx: Tx; clock: Clock },
): Promise<Result> {
  const runIds = runs.map(({ runId }) => runId);
  const holding = await findHolding(tx, branch.if, runIds, clock);
  const sideOf = ({ runId }: ClaimedRun) => (holding.has(runId) ? "then" : "else");
  return {
    outcomes: runs.map((run) => ({ ...done(run), detail: sideOf(run) })),
    groups: (["then", "else"] as const).map((side) => ({
      next: firstOf(branch[side], place),
      runs: runs.filter((run) => sideOf(run) === side),
    })),
  };
}

const skip =
  (stops: Map<number, OutcomeReason>) =>
  ({ runId }: ClaimedRun): Outcome => ({ runId, outcome: "skipped", reason: stops.get(runId) ?? "exited" });

/** Puts down what the log will say: it is written for the whole batch at once. */
function note({ claim, logs }: Lead, step: Step, outcomes: Result["outcomes"]) {
  const byId = new Map(claim.runs.map((run) => [run.runId, run]));
  const actionType = "action" in step ? step.action.type : "wait" in step ? "wait" : "branch";
  for (const outcome of outcomes) {
    const run = byId.get(outcome.runId);
    if (run) {
      logs.push({ ...outcome, memberId: run.memberId, stepId: step.id, actionType, attempt: run.attempts });
    }
  }
}
