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
  return Promise.all(
    workflows.map(async (workflow) => {
      const { triggerSummary, stepSummaries } = describeWorkflow(workflow);
      return {
        id: workflow.id,
        name: workflow.name,
        description: workflow.description,
        triggerSummary,
        stepSummaries,
        problems: await listProblems(db, workflow),
        isEnabled: workflow.isEnabled,
        cooldownDays: workflow.cooldownPeriodDays,
        started: workflow.started,
        active: workflow.active,
        ended: workflow.ended,
        held: workflow.held,
        lastSwept: workflow.lastSweptAt ? dayAndTime(workflow.lastSweptAt, now, timeZone) : null,
      };
    }),
  );
}

async function listProblems(db: Db, workflow: Listed): Promise<string[]> {
  const { problems } = await withTransaction(db, (tx) => findProblems(tx, workflow));
  return problems.map(({ message }) => message);
}

/** What is on comes first; "25 visits" before "100 visits". */
const byStateAndName = (a: Listed, b: Listed) =>
  Number(b.isEnabled) - Number(a.isEnabled) || a.name.localeCompare(b.name, "en", { numeric: true });
