import { sql } from "drizzle-orm";
import { saveSignIn } from "#db/queries/sign-in";
import type { TestDatabase } from "./database.ts";
import { createMember, createTemplate, createWorkflow } from "./factories.ts";

/** A member whom every table names. */
export async function createNamedEverywhere({ db }: TestDatabase) {
  const member = await createMember(db, { visits: ["2026-11-01", "2026-11-02"], expiresOn: "2027-01-31" });
  const { id } = member;
  const template = await createTemplate(db);
  const { id: workflowId, liveVersionId } = await createWorkflow(db);
  const staff = await createMember(db, { role: "staff", primaryTrainerId: id });
  await db.execute(sql`update users set merged_into_id = ${id}, erased_at = now() where id = ${staff.id}`);
  await db.execute(
    sql`update automation_workflows set updated_by = ${id}, revised_by = ${id} where id = ${workflowId}`,
  );
  await db.execute(sql`update communication_templates set updated_by = ${id} where id = ${template.id}`);
  const run = sql`(select id from workflow_runs where member_id = ${id})`;
  const version = sql`(select live_version_id from automation_workflows where id = ${workflowId})`;
  for (const statement of [
    sql`insert into workflow_runs (workflow_id, version_id, member_id, started_on, started_at) values (${workflowId}, ${liveVersionId ?? version}, ${id}, '2026-11-20', now())`,
    sql`insert into automation_logs (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome) values (${run}, ${id}, ${workflowId}, 1, 'add_tag', now(), true, 'done')`,
    sql`insert into communication_logs (channel, class, member_id, queued_at, status, recipient) values ('in_app', 'service', ${id}, now(), 'sent', ${`member_${id}`})`,
    sql`insert into member_workflow_state (workflow_id, member_id, cooldown_until) values (${workflowId}, ${id}, '2026-11-27')`,
    sql`insert into baselines (workflow_id, member_id) values (${workflowId}, ${id})`,
    sql`insert into member_tags (member_id, tag) values (${id}, 'vip')`,
    sql`insert into risk_scores (member_id, score, model_version, scored_at) values (${id}, 0.8, 'v1', now())`,
    sql`insert into member_offers (member_id, offer_code, expiry_date) values (${id}, 'HELLO', '2027-01-01')`,
    sql`insert into credit_entries (member_id, amount, reason, created_by) values (${id}, 25.5, 'Thanks', ${id})`,
    sql`insert into staff_tasks (assignee_id, related_member_id, description) values (${id}, ${id}, 'Call')`,
    sql`insert into notifications (member_id, title, body) values (${id}, 'Hello', 'You')`,
    sql`insert into member_events (member_id, type, occurred_at) values (${id}, 'visited', now())`,
    sql`insert into requests (type, member_id, requested_by) values ('start', ${id}, ${id})`,
    sql`insert into staff_digests (user_id, day, member_ids) values (${id}, '2026-11-20', array[${id}]::bigint[])`,
  ]) {
    await db.execute(statement);
  }
  await saveSignIn(db, { userId: id, email: `sign-in-${id}@example.com`, name: "Ada" });
  return member;
}
