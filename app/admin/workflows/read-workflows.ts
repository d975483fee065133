import type { WorkflowRow } from "#components/workflows/workflow-row";
import { type Db, withTransaction } from "#db/client";
import { listWorkflows } from "#db/queries/workflows";
import { findProblems } from "#engine/references";
import { describeWorkflow } from "#engine/summary";
import { dayAndTime } from "#lib/format-time";

type Listed = Awaited<ReturnType<typeof listWorkflows>>[number];

/** The workflows in words, those that need attention with the reasons. */
export async function readWorkflows(db: Db, now: Date, timeZone: string): Promise<WorkflowRow[]> {
  const workflows = (await listWorkflows(db, now)).sort(byStateAndName);
  const problems = await listProblems(db, workflows);
  return workflows.map((workflow) => {
    const { triggerSummary, stepSummaries } = describeWorkflow(workflow);
    return {
      id: workflow.id,
      name: workflow.name,
      description: workflow.description,
      triggerSummary,
      stepSummaries,
      problems: problems.get(workflow.id) ?? [],
      isEnabled: workflow.isEnabled,
      cooldownDays: workflow.cooldownPeriodDays,
      started: workflow.started,
      active: workflow.active,
      ended: workflow.ended,
      held: workflow.held,
      lastSwept: workflow.lastSweptAt ? dayAndTime(workflow.lastSweptAt, now, timeZone) : null,
    };
  });
}

/** By workflow, on one connection: a long list must not take them all. */
async function listProblems(db: Db, workflows: Listed[]): Promise<Map<number, string[]>> {
  return withTransaction(db, async (tx) => {
    const problems = new Map<number, string[]>();
    for (const workflow of workflows) {
      const found = await findProblems(tx, workflow);
      const messages = found.problems.map(({ message }) => message);
      problems.set(workflow.id, messages);
    }
    return problems;
  });
}

/** What is on comes first; "25 visits" before "100 visits". */
const byStateAndName = (a: Listed, b: Listed) =>
  Number(b.isEnabled) - Number(a.isEnabled) || a.name.localeCompare(b.name, "en", { numeric: true });
