import { sql } from "drizzle-orm";
import type { Tx } from "../client.ts";
import { communicationLogs } from "../schema/index.ts";
import type { FoundTemplate } from "./templates.ts";

type QueuedMessages = {
  template: FoundTemplate;
  workflowId: number;
  stepId: number;
  batch: { runId: number; memberId: number }[];
  dueAt: Date;
};

/** Queues one message per run. A run that already has one of this step gets no second. */
export async function insertMessages(tx: Tx, { template, workflowId, stepId, batch, dueAt }: QueuedMessages) {
  const at = dueAt.toISOString();
  await tx.execute(sql`
    insert into ${communicationLogs}
      (channel, class, member_id, run_id, step_id, workflow_id, template_id, template_version_id, recipient, due_at, queued_at)
    select ${template.channel}, ${template.class}, member_id, run_id, ${stepId}, ${workflowId}, ${template.id},
           ${template.liveVersionId}, case when ${template.channel} = 'in_app' then 'member_' || member_id end,
           ${at}::timestamptz, ${at}::timestamptz
    from unnest(
      ${sql.param(batch.map(({ runId }) => runId))}::bigint[],
      ${sql.param(batch.map(({ memberId }) => memberId))}::bigint[]
    ) as target (run_id, member_id)
    on conflict (run_id, step_id) do nothing`);
}
