import type { Db } from "#db/client";
import { countOutcomes, countRunsAtSteps } from "#db/queries/step-numbers";
import { addDays } from "#lib/calendar";
import { explainReason } from "#lib/outcome-reasons";
import { zonedInstant } from "#lib/zoned-instant";
import type { Clock } from "../define.ts";

/** What became of a step in the last 30 gym days, and how many runs are at it now. */
export type StepNumbers = {
  waiting: number;
  done: number;
  /** Messages that are on their way. */
  queued: number;
  /** By reason, in words. */
  skipped: Record<string, number>;
  failed: number;
};

export type WorkflowNumbers = {
  /** By step id. Steps without any are left out. */
  steps: Record<number, StepNumbers>;
  /** Since when outcomes are counted, as an ISO instant: 30 days, or less where there are too many to count them all. */
  since: string;
  isCut: boolean;
};

/** As many as nobody waits for: some 2,400 pages of the database. */
const countedAtMost = 100_000;

/** Of all versions together: a step keeps its id through them. */
export async function readStepNumbers(
  db: Db,
  workflowId: number,
  clock: Clock,
  limit = countedAtMost,
): Promise<WorkflowNumbers> {
  const since = zonedInstant(addDays(clock.today, -29), 0, clock.timeZone);
  const waiting = await countRunsAtSteps(db, workflowId);
  const outcomes = await countOutcomes(db, workflowId, { since, limit });
  const steps: Record<number, StepNumbers> = {};
  const numbersOf = (stepId: number) => {
    steps[stepId] ??= { waiting: 0, done: 0, queued: 0, skipped: {}, failed: 0 };
    return steps[stepId];
  };
  for (const [stepId, runs] of waiting) {
    numbersOf(stepId).waiting = runs;
  }
  for (const { stepId, outcome, reason, count } of outcomes) {
    const numbers = numbersOf(stepId);
    if (outcome === "skipped") {
      const words = explainReason(reason ?? "unknown");
      numbers.skipped[words] = (numbers.skipped[words] ?? 0) + count;
    } else {
      numbers[outcome] += count;
    }
  }
  const isCut = outcomes.reduce((sum, { count }) => sum + count, 0) >= limit;
  const oldest = Math.min(...outcomes.map(({ oldest }) => oldest.getTime()));
  return { steps, since: (isCut ? new Date(oldest) : since).toISOString(), isCut };
}
