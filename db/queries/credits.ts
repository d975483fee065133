import { sql } from "drizzle-orm";
import type { Tx } from "../client.ts";
import { automationWorkflows, creditEntries } from "../schema/index.ts";

type NewCredits = {
  workflowId: number;
  stepId: number;
  amount: number;
  /** Without a reason the workflow's name is given for one. */
  targets: { runId: number; memberId: number; reason: string }[];
  createdAt: Date;
};

/** Writes one entry per run. A run whose step has its entry already keeps that one. */
export async function insertCredits(tx: Tx, credits: NewCredits): Promise<void> {
  const { workflowId, stepId, amount, targets, createdAt } = credits;
  await tx.execute(sql`
    insert into ${creditEntries} (member_id, run_id, step_id, amount, reason, created_at)
    select member_id, run_id, ${stepId}, ${amount},
           coalesce(nullif(target.reason, ''), 'Automated workflow: ' || w.name), ${createdAt}::timestamptz
    from ${automationWorkflows} w, unnest(
      ${sql.param(targets.map(({ runId }) => runId))}::bigint[],
      ${sql.param(targets.map(({ memberId }) => memberId))}::bigint[],
      ${sql.param(targets.map(({ reason }) => reason))}::text[]
    ) as target (run_id, member_id, reason)
    where w.id = ${workflowId}
    order by member_id, run_id
    on conflict do nothing`);
}

type CreditsByHand = { memberId: number; amount: number; reason: string; createdBy: number; createdAt: Date };

export async function insertCreditsByHand(tx: Tx, credits: CreditsByHand): Promise<void> {
  await tx.insert(creditEntries).values(credits);
}
