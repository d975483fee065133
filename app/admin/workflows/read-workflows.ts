import type { WorkflowRow } from "#components/workflows/workflow-row";
import type { Db } from "#db/client";
import { readClock } from "#engine/clock";
import { listWorkflows, type WorkflowFilter, type WorkflowState } from "#engine/editing/workflow-list";
import { dayAndTime } from "#lib/format-time";

type Listed = { workflows: WorkflowRow[]; counts: Record<WorkflowState, number> };

/** The workflows in words, those that need attention with the reasons. */
export async function readWorkflows(db: Db, filter: WorkflowFilter, now?: Date): Promise<Listed> {
  const clock = await readClock(db, now);
  const { workflows, counts } = await listWorkflows(db, filter, clock);
  const rows = workflows.map(({ lastSweep, archivedAt, ...workflow }) => ({
    ...workflow,
    isArchived: archivedAt !== null,
    lastSwept: lastSweep ? dayAndTime(new Date(lastSweep.at), clock.now, clock.timeZone) : null,
  }));
  return { workflows: rows, counts };
}
