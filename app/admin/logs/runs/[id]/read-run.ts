import type { RunEvent } from "#components/logs/run-timeline";
import type { Db } from "#db/client";
import { listStepLogs, type StepLogRow } from "#db/queries/logs";
import type { RunDetail } from "#db/queries/run-log";
import { readPickNames } from "#engine/editing/pick-names";
import { fieldOf, listRawSteps } from "#engine/raw-steps";
import { layOut, steps } from "#engine/steps";
import { describeStep, type PickName } from "#engine/words";
import type { Clock } from "#lib/clock";
import { dayAndTime } from "#lib/format-time";
import { explainReason } from "#lib/outcome-reasons";
import { branchWays, stepOutcomes } from "../../read-steps.ts";
import { origins, runStatuses } from "../run-words.ts";

/** A run has fifty steps at most, and each may have been tried again. */
const limit = 500;

/** All that happened in a run, as it did, and what comes next or how it ended. */
export async function readTimeline(db: Db, run: RunDetail, clock: Clock): Promise<RunEvent[]> {
  const [logs, nameOf] = await Promise.all([
    listStepLogs(db, { runId: run.id, limit }),
    readPickNames(db, [{ steps: run.steps }]),
  ]);
  const tell = tellerOf(run.steps, nameOf);
  const print = (instant: Date) => dayAndTime(instant, clock.now, clock.timeZone, { withSeconds: true });
  return [
    { id: "start", title: origins[run.origin], at: print(run.startedAt), status: "Started", tone: "good" },
    ...logs.toReversed().map((log) => describeLog(log, tell, print)),
    run.endedAt
      ? {
          id: "end",
          title: run.reason ? explainReason(run.reason) : "All steps were taken",
          at: print(run.endedAt),
          ...runStatuses[run.status],
        }
      : describeNext(run, tell, print, clock),
  ];
}

type Tell = (stepId: number | null) => string;
type Print = (instant: Date) => string;

const tellerOf =
  (stored: unknown, nameOf: PickName): Tell =>
  (stepId) => {
    const step = listRawSteps(stored).find(({ value }) => fieldOf(value, "id") === stepId);
    return step ? describeStep(step.value, nameOf) : stepId === null ? "The end" : `Step ${stepId}`;
  };

const describeLog = (log: StepLogRow, tell: Tell, print: Print): RunEvent => ({
  id: `step-${log.id}`,
  title: tell(log.stepId),
  at: print(log.executedAt),
  ...stepOutcomes[log.outcome],
  reason: log.reason ? explainReason(log.reason) : (branchWays.get(log.detail ?? "") ?? null),
  error: log.errorMessage,
  messageId: log.messageId,
});

/** While it waits the cursor stands at the wait. */
function describeNext(run: RunDetail, tell: Tell, print: Print, { now }: Clock): RunEvent {
  const { status, stepId, dueAt, isEnabled } = run;
  const isWaiting = status === "waiting";
  const { data = [] } = steps.safeParse(run.steps);
  const after = layOut(data).find(({ step }) => step.id === stepId)?.next ?? null;
  const following = isWaiting ? `Then: ${tell(after)}` : null;
  return {
    id: "next",
    title: tell(stepId),
    at: dueAt && dueAt > now ? `until ${print(dueAt)}` : "",
    ...runStatuses[status],
    reason:
      status === "held"
        ? "Waits for an admin to approve it"
        : isEnabled === false
          ? "Goes on once the workflow is on again"
          : following,
  };
}
