import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { memberFacts, workflowRuns } from "#db/schema/index";
import { type Condition, holds } from "./conditions/index.ts";
import type { Clock } from "./define.ts";

/** The runs for which a branch's condition holds now. */
export async function findHolding(tx: Tx, condition: Condition, runIds: number[], clock: Clock): Promise<Set<number>> {
  const { rows } = await tx.execute<{ runId: number }>(sql`
    select ${workflowRuns.id} as "runId"
    from ${workflowRuns} join ${memberFacts} on ${memberFacts.memberId} = ${workflowRuns.memberId}
    where ${workflowRuns.id} = any(${sql.param(runIds)}::bigint[]) and ${holds(condition, clock)}`);
  return new Set(rows.map(({ runId }) => runId));
}
