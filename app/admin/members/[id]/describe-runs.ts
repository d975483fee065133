import type { Entry } from "#components/members/entry-list";
import type { ToneName } from "#components/ui/tone";
import type { listRunsOfMember } from "#db/queries/member-history";
import type { Clock } from "#engine/define";
import { fieldOf, listRawSteps } from "#engine/raw-steps";
import { layOut, steps } from "#engine/steps";
import { describeStep, type PickName } from "#engine/words";
import { dayAndTime } from "#lib/format-time";
import { explainReason } from "#lib/outcome-reasons";

type Run = Awaited<ReturnType<typeof listRunsOfMember>>[number];

const statuses: Record<Run["status"], { status: string; tone: ToneName }> = {
  active: { status: "Going on", tone: "active" },
  waiting: { status: "Waiting", tone: "active" },
  held: { status: "Held", tone: "warn" },
  done: { status: "Done", tone: "good" },
  exited: { status: "Left early", tone: "wait" },
  cancelled: { status: "Cancelled", tone: "wait" },
  expired: { status: "Too late", tone: "wait" },
  failed: { status: "Failed", tone: "bad" },
};

/** A run with what comes next, or why it ended. */
export function describeRun(run: Run, nameOf: PickName, clock: Clock): Entry {
  return {
    id: run.id,
    title: run.workflowName,
    href: `/admin/workflows/${run.workflowId}`,
    second: run.endedAt ? (run.reason ? explainReason(run.reason) : null) : describeNext(run, nameOf, clock),
    ...statuses[run.status],
    at: print(run.startedAt, clock),
  };
}

function describeNext(
  { status, isEnabled, stepId, dueAt, steps: stored }: Run,
  nameOf: PickName,
  clock: Clock,
): string {
  if (status === "held") {
    return "Waits for an admin to approve it";
  }
  const told = (id: number | null) => {
    const step = listRawSteps(stored).find(({ value }) => id !== null && fieldOf(value, "id") === id);
    return step ? describeStep(step.value, nameOf) : "the end";
  };
  // While it waits the cursor stands at the wait.
  const next = `Next: ${told(status === "waiting" ? afterStep(stored, stepId) : stepId)}`;
  if (!isEnabled) {
    return `${next}, once the workflow is on again`;
  }
  return dueAt && new Date(dueAt) > clock.now ? `${next}, ${print(dueAt, clock)}` : next;
}

function afterStep(stored: unknown, stepId: number | null): number | null {
  const { data = [] } = steps.safeParse(stored);
  return layOut(data).find(({ step }) => step.id === stepId)?.next ?? null;
}

const print = (instant: string, { now, timeZone }: Clock) => dayAndTime(new Date(instant), now, timeZone);
