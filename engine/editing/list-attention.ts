import type { Db } from "#db/client";
import { listWorkflowStates } from "#db/queries/dashboard-attention";
import { findProblemsOfAll } from "../references.ts";
import { needsAttention } from "./workflow-list.ts";

/** The workflows that need somebody, as the list of them says, without what the list counts. */
export async function listAttention(db: Db): Promise<{ id: number; name: string }[]> {
  const workflows = await listWorkflowStates(db);
  const judged = await findProblemsOfAll(db, workflows);
  return workflows
    .filter(({ isEnabled, hasHeld, sweepProblems }, index) =>
      needsAttention({
        ...{ archivedAt: null, isNew: false, isEnabled },
        held: hasHeld ? 1 : 0,
        problems: judged[index]?.problems ?? [],
        lastSweep: { problems: sweepProblems },
      }),
    )
    .map(({ id, name }) => ({ id, name }));
}
