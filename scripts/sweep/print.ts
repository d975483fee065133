import type { Clock } from "#engine/define";
import { describeNext } from "#engine/describe-next";
import type { Explanation } from "#engine/explain";
import type { WorkflowSweep } from "#engine/sweep";
import { printable } from "#lib/printable";
import type { Drained } from "./drain.ts";

/** What people wrote, such as a workflow's name, may hold anything, and begins no line of its own. */
const write = (lines: string[]) => process.stdout.write(`${lines.map(printable).join("\n")}\n`);

type Result = {
  clock: Clock;
  workflows: WorkflowSweep[];
  /** Runs that earlier sweeps hold, by workflow. */
  heldBefore: ReadonlyMap<number, number>;
  drained: Drained | null;
  isDryRun: boolean;
  isJson: boolean;
};

export function printSweep({ clock, workflows, heldBefore, drained, isDryRun, isJson }: Result) {
  const { now, today, timeZone } = clock;
  if (isJson) {
    const counted = workflows.map(({ missed: _, ...workflow }) => workflow);
    const result = { at: now.toISOString(), today, timeZone, dryRun: isDryRun, workflows: counted, drained };
    write([JSON.stringify(result)]);
    return;
  }
  const lines = [`${isDryRun ? "Would have swept" : "Swept"} for ${today} (${timeZone}, ${now.toISOString()})`, ""];
  const header = ["", "matched", "answered", "baseline", "cooldown", "held", "started"];
  const rows = workflows.map(({ name, matched, alreadyAnswered, baseline, onCooldown, held, started }) =>
    [name, matched, alreadyAnswered, baseline, onCooldown, held, started].map(String),
  );
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...rows]) {
    lines.push(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    );
  }
  if (workflows.length === 0) {
    lines.push("No workflow is on.");
  }
  for (const { id, name, needsAttention } of workflows) {
    lines.push(
      ...needsAttention.map(
        ({ path, message }) => `${name} (${id}) needs attention: ${path ? `${path} ` : ""}${message}`,
      ),
    );
  }
  for (const workflow of workflows) {
    const before = heldBefore.get(workflow.id) ?? 0;
    lines.push(
      ...describeRest(workflow, before, isDryRun).map((words) => `${workflow.name} (${workflow.id}) ${words}`),
    );
  }
  lines.push(...describeDrained(drained));
  write(lines);
}

function describeRest({ id, held, missed }: WorkflowSweep, heldBefore: number, isDryRun: boolean): string[] {
  const lines: string[] = [];
  if (held > 0) {
    const then = isDryRun ? "its runs would be held" : `its runs are held. npm run sweep -- --approve ${id}`;
    lines.push(`would start unusually many: ${then}`);
  }
  if (heldBefore > 0) {
    lines.push(`holds runs of an earlier sweep (${heldBefore}). npm run sweep -- --approve ${id}`);
  }
  if (missed > 0) {
    const recorded = isDryRun ? "to be recorded" : "recorded";
    lines.push(`had happenings that no sweep was there to answer (${missed}): ${recorded} as too late`);
  }
  return lines;
}

function describeDrained(drained: Drained | null): string[] {
  if (!drained) {
    return [];
  }
  const { steps, messages, waiting, failed } = drained;
  return ["", `Executed ${steps} steps; ${messages} messages went out, ${waiting} wait, ${failed} failed.`];
}

type Approval = { workflowId: number; approved: number; drained: Drained | null };

export function printApproval(approval: Approval, isJson: boolean) {
  const { workflowId, approved, drained } = approval;
  const lines = [`Approved ${approved} held runs of workflow ${workflowId}.`, ...describeDrained(drained)];
  write(isJson ? [JSON.stringify(approval)] : lines);
}

type Enrolment = { workflowId: number; matched: number; started: number; onCooldown: number; drained: Drained | null };

export function printEnrolment(enrolment: Enrolment, isJson: boolean) {
  const { workflowId, started, onCooldown, drained } = enrolment;
  const cooling = onCooldown > 0 ? ` ${onCooldown} had it too recently: its cooldown holds.` : "";
  const lines = [`Started workflow ${workflowId} for ${started} members.${cooling}`, ...describeDrained(drained)];
  write(isJson ? [JSON.stringify(enrolment)] : lines);
}

export function printExplanation(explanation: Explanation, isJson: boolean) {
  if (isJson) {
    write([JSON.stringify(explanation)]);
    return;
  }
  const { workflow, memberId, today, rules } = explanation;
  const lines = [
    `"${workflow}" and member ${memberId} on ${today}`,
    "",
    ...rules.map(({ rule, isMet, seen }) => `${isMet ? "met    " : "NOT MET"}  ${rule.padEnd(10)}  ${seen}`),
    "",
    describeNext(explanation),
  ];
  write(lines);
}
