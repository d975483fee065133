import { withSavepoint } from "#db/client";
import { isTransient, rootCause } from "#db/errors";
import { explainFailure } from "#lib/explain-failure";
import { actions } from "./actions/index.ts";
import type { ClaimedRun } from "./claim.ts";
import { type Action, type ActionContext, failed, type Outcome } from "./define.ts";
import type { ActionStep } from "./steps.ts";

/** Performs an action for a batch. Answers for every run of it; throws only what another try may cure. */
export async function perform(step: ActionStep, runs: ClaimedRun[], context: ActionContext): Promise<Outcome[]> {
  const action: Action = actions.get(step.action.type);
  const outcomes = await performInParts(action, runs, step.action.params, context);
  const answered = new Set(outcomes.map(({ runId }) => runId));
  const silent = runs.filter(({ runId }) => !answered.has(runId));
  return [...outcomes, ...silent.map((run) => failed(run, "The action gave no answer for this member"))];
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
      return [failed(first, explainFailure(rootCause(error)))];
    }
    const size = runs.length > 50 ? 50 : 1;
    const outcomes: Outcome[] = [];
    for (let start = 0; start < runs.length; start += size) {
      outcomes.push(...(await performInParts(action, runs.slice(start, start + size), params, context)));
    }
    return outcomes;
  }
}
