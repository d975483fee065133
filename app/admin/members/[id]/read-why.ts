import type { WhyAnswer } from "#components/members/why";
import type { Db } from "#db/client";
import { findWorkflow } from "#db/queries/workflows";
import type { Clock } from "#engine/define";
import { describeNext } from "#engine/describe-next";
import { tryWorkflow } from "#engine/editing/try-workflow";
import type { TriedStep } from "#engine/editing/walk";
import { type Explanation, explain } from "#engine/explain";
import { dayAndTime, shortDay } from "#lib/format-time";
import { trialTools } from "../../../_messages/trial-tools.ts";

type Asked = { memberId: number; workflowId: number };

const names: Record<Explanation["rules"][number]["rule"], string> = {
  status: "Switched on",
  definition: "In order",
  audience: "Membership",
  trigger: "Trigger",
  occurrence: "Happening",
  cooldown: "Cooldown",
  unfinished: "No run going on",
  brake: "Brake",
  exit: "Exit conditions",
};

/** Every rule of a workflow with its verdict for a member now, and whether its messages would reach them. */
export async function readWhy(db: Db, asked: Asked, clock: Clock): Promise<WhyAnswer> {
  const explanation = await explain(db, asked, clock);
  const { rules, wouldStart } = explanation;
  return {
    verdict: describeNext(explanation, shortDay),
    tone: wouldStart ? "good" : "warn",
    rules: rules.map(({ rule, isMet, seen }) => ({ name: names[rule], isMet, seen: printDays(seen) })),
    steps: rules.every(({ rule, isMet }) => rule !== "definition" || isMet) ? await readSteps(db, asked, clock) : null,
  };
}

/** Consent, address, caps and quiet hours are asked right before a message leaves: trying the workflow asks them now. */
async function readSteps(db: Db, asked: Asked, clock: Clock): Promise<WhyAnswer["steps"]> {
  const workflow = await findWorkflow(db, asked.workflowId);
  if (!workflow) {
    return null;
  }
  const { steps } = await tryWorkflow(db, { ...asked, draft: workflow, date: clock.today }, trialTools(), clock);
  const print = (at: string) => dayAndTime(new Date(at), clock.now, clock.timeZone);
  return steps.map((step) => ({
    id: step.stepId,
    label: step.label,
    detail: detailOf(step),
    at: print(step.at),
    ...judge(step, print),
  }));
}

const printDays = (text: string) => text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, shortDay);

/** The texts as they are filled in, where the label does not say them. */
const detailOf = ({ label, effects }: TriedStep): string | null =>
  effects.flatMap(({ value }) => (label.includes(value) ? [] : [value])).join(" · ") || null;

function judge({ kind, outcome, reason, side, waitsUntil }: TriedStep, print: (at: string) => string) {
  if (outcome !== "done") {
    const verdict = reason ?? (outcome === "skipped" ? "Skipped" : "Failed");
    return { verdict, tone: outcome === "failed" ? ("bad" as const) : ("warn" as const) };
  }
  if (side) {
    return { verdict: side === "then" ? "The condition holds" : "The condition does not hold", tone: "wait" as const };
  }
  if (waitsUntil) {
    return { verdict: `After quiet hours, ${print(waitsUntil)}`, tone: "good" as const };
  }
  return kind === "wait"
    ? { verdict: "Until", tone: "wait" as const }
    : { verdict: "Would be done", tone: "good" as const };
}
