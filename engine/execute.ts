import { type Db, type Tx, withSavepoint, withTransaction } from "#db/client";
import { isTransient, rootCause } from "#db/errors";
import { advanceRuns, endRuns, findVersion, insertStepLogs, lockLeasedRuns, type StepLog } from "#db/queries/runs";
import type { OutcomeReason } from "#lib/outcome-reasons";
import { actions } from "./actions/index.ts";
import type { Claim, ClaimedRun } from "./claim.ts";
import { type Action, type ActionContext, type Clock, failed, type Outcome } from "./define.ts";
import { type Definition, parseDefinition, type Step, stepAfter } from "./definition.ts";
import { endStopped } from "./end-stopped.ts";
import { findStops } from "./stops.ts";

/**
 * A run whose claims end in nothing may be what ends the workers, or may have been in their hands when they ended for
 * another reason: its step is given up after this many claims, and not before it has been owed for this long.
 */
const givenUp = { attempts: 6, owedMs: 5 * 60_000 };

const isWorn = ({ attempts, dueAt }: ClaimedRun, { now }: Clock) =>
  attempts > givenUp.attempts && now.getTime() - dueAt.getTime() > givenUp.owedMs;

/**
 * Executes one step for a claimed batch. Its effects, its log rows and the moved cursor commit together, so that
 * whoever repeats it after a crash finds it done or not begun. Returns the batch at its next step, still leased, or
 * null when nothing of it goes on.
 */
export async function executeClaim(db: Db, claim: Claim, clock: Clock, leaseMs = 30_000): Promise<Claim | null> {
  return withTransaction(db, async (tx) => {
    const runIds = claim.runs.map(({ runId }) => runId);
    const leased = await lockLeasedRuns(tx, runIds, claim.token);
    const runs = claim.runs.filter(({ runId }) => leased.has(runId));
    if (runs.length === 0) {
      return null;
    }
    const { definition, step } = await findStep(tx, claim);
    if (!definition || !step) {
      await endRuns(tx, [...leased], { status: "failed", reason: "definition_invalid", endedAt: clock.now });
      return null;
    }

    const owed = runs.map(({ runId, dueAt }) => ({ runId, since: dueAt }));
    const stops = await findStops(tx, definition, owed, clock);
    const going = runs.filter(({ runId }) => !stops.has(runId));
    const context = { tx, clock, workflowId: claim.workflowId, stepId: claim.stepId };
    const outcomes = await perform(step, going, context);
    await writeLogs(tx, claim, step, runs, stops, outcomes, clock);
    await endStopped(tx, stops, clock);
    return advance(tx, claim, definition, going, clock, leaseMs);
  });
}

async function findStep(tx: Tx, { versionId, stepId }: Claim) {
  const version = await findVersion(tx, versionId);
  const definition = version ? parseDefinition(version).definition : null;
  return { definition, step: definition?.steps.find(({ id }) => id === stepId) };
}

async function perform(step: Step, runs: ClaimedRun[], context: ActionContext): Promise<Outcome[]> {
  const action: Action = actions.get(step.action.type);
  const worn = runs.filter((run) => isWorn(run, context.clock));
  const fit = runs.filter((run) => !isWorn(run, context.clock));
  const given = worn.map((run) => failed(run, "The worker died several times on this step"));
  return [...given, ...(await performInParts(action, fit, step.action.params, context))];
}

/** A batch that fails is cut up (500 → 50 → 1), so that one bad row cannot fail its neighbours. */
async function performInParts(
  action: Action,
  runs: ClaimedRun[],
  params: Record<string, unknown>,
  context: ActionContext,
): Promise<Outcome[]> {
  const [first] = runs;
  if (!first) {
    return [];
  }
  try {
    return await withSavepoint(context.tx, (tx) => action.execute(runs, params, { ...context, tx }));
  } catch (error) {
    if (isTransient(error)) {
      throw error;
    }
    if (runs.length === 1) {
      return [failed(first, rootCause(error).message)];
    }
    const size = runs.length > 50 ? 50 : 1;
    const outcomes: Outcome[] = [];
    for (let start = 0; start < runs.length; start += size) {
      outcomes.push(...(await performInParts(action, runs.slice(start, start + size), params, context)));
    }
    return outcomes;
  }
}

async function writeLogs(
  tx: Tx,
  { workflowId, stepId }: Claim,
  step: Step,
  runs: ClaimedRun[],
  stops: Map<number, OutcomeReason>,
  outcomes: Outcome[],
  clock: Clock,
) {
  const byRun = new Map<number, Outcome>(outcomes.map((outcome) => [outcome.runId, outcome]));
  const logs = runs.map(({ runId, memberId, attempts }): StepLog => {
    const stop = stops.get(runId);
    const outcome: Outcome = stop
      ? { runId, outcome: "skipped", reason: stop }
      : (byRun.get(runId) ?? { runId, outcome: "failed", error: "The action gave no answer for this member" });
    return { ...outcome, memberId, attempt: attempts };
  });
  await insertStepLogs(tx, { workflowId, stepId, actionType: step.action.type, executedAt: clock.now }, logs);
}

async function advance(
  tx: Tx,
  claim: Claim,
  definition: Definition,
  runs: ClaimedRun[],
  { now }: Clock,
  leaseMs: number,
): Promise<Claim | null> {
  const next = stepAfter(definition, claim.stepId);
  const runIds = runs.map(({ runId }) => runId);
  if (!next || runIds.length === 0) {
    await endRuns(tx, runIds, { status: "done", reason: null, endedAt: now });
    return null;
  }
  await advanceRuns(tx, runIds, { stepId: next.id, dueAt: now, leaseMs });
  return { ...claim, stepId: next.id, runs: runs.map((run) => ({ ...run, dueAt: now, attempts: 1 })) };
}
