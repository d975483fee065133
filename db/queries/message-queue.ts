import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { communicationLogs } from "../schema/index.ts";
import type { FoundTemplate } from "./templates.ts";

type NewMessages = {
  template: FoundTemplate;
  workflowId: number;
  stepId: number;
  batch: { runId: number; memberId: number }[];
  dueAt: Date;
};

/** Queues one message per run. A run whose message of this step is already there keeps that one. */
export async function insertMessages(db: Db, { template, workflowId, stepId, batch, dueAt }: NewMessages) {
  await db.execute(sql`
    insert into ${communicationLogs}
      (channel, class, member_id, run_id, step_id, workflow_id, template_id, template_version_id, due_at, queued_at)
    select ${template.channel}, ${template.class}, member_id, run_id, ${stepId}, ${workflowId}, ${template.id},
           ${template.liveVersionId}, ${dueAt}::timestamptz, ${dueAt}::timestamptz
    from unnest(
      ${sql.param(batch.map(({ runId }) => runId))}::bigint[],
      ${sql.param(batch.map(({ memberId }) => memberId))}::bigint[]
    ) as target (run_id, member_id)
    on conflict do nothing`);
}
