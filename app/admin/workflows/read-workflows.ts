import type { WorkflowRow } from "#components/workflows/workflow-row";
import { type Db, withTransaction } from "#db/client";
import { listWorkflows } from "#db/queries/workflows";
import { parseDefinition } from "#engine/definition";
import { findReferenceProblems } from "#engine/references";
import { describeWorkflow } from "#engine/summary";
import { dayAndTime } from "#lib/format-time";

type Listed = Awaited<ReturnType<typeof listWorkflows>>[number];

/** The workflows in words, those that need attention with the reasons. */
export async function readWorkflows(db: Db, now: Date, timeZone: string): Promise<WorkflowRow[]> {
  const workflows = await listWorkflows(db, now);
  return Promise.all(
    workflows.map(async (workflow) => {
      const { triggerSummary, stepSummaries } = describeWorkflow(workflow);
      return {
        id: workflow.id,
        name: workflow.name,
        description: workflow.description,
        triggerSummary,
        stepSummaries,
        problems: await findProblems(db, workflow),
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

async function findProblems(db: Db, workflow: Listed): Promise<string[]> {
  const { definition, problems } = parseDefinition(workflow);
  if (!definition) {
    return problems.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  }
  const missing = await withTransaction(db, (tx) => findReferenceProblems(tx, definition));
  return missing.map(({ message }) => message);
}
