import { withSavepoint } from "#db/client";
import { isTransient, rootCause } from "#db/errors";
import { explainFailure } from "#lib/explain-failure";
import { actions } from "./actions/index.ts";
import type { ClaimedRun } from "./claim.ts";
import { type Action, type ActionContext, failed, type Outcome } from "./define.ts";
import type { ActionStep } from "./steps.ts";

/**
 * A run whose claims end in nothing may be what ends the workers, or may have been in their hands when they ended for
 * another reason, or their connections. All but the first few such claims are of this run alone, and most last a lease, so that
 * twenty take about ten minutes. See docs/decisions/0007-twenty-lost-claims.md.
 */
const lostClaims = 20;

const isWorn = ({ attempts }: ClaimedRun) => attempts > lostClaims;

/** Performs an action for a batch. Answers for every run of it; throws only what another try may cure. */
export async function perform(step: ActionStep, runs: ClaimedRun[], context: ActionContext): Promise<Outcome[]> {
  const action: Action = actions.get(step.action.type);
  const worn = runs.filter(isWorn);
  const fit = runs.filter((run) => !isWorn(run));
  const given = worn.map((run) => failed(run, "The worker died several times on this step"));
  const outcomes = [...given, ...(await performInParts(action, fit, step.action.params, context))];
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
