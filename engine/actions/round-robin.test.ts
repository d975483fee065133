import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { withTransaction } from "#db/client";
import { act, startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createWorkflow } from "../../test/support/factories.ts";

const clock = clockAt("2026-11-22");

test("E86: 1,000 tasks that eight workers hand out at once are even to within one", async ({ database: { db } }) => {
  await db.execute(sql`insert into users (role, first_name) select 'staff', 'S' from generate_series(1, 7)`);
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into users (first_name, join_date) select 'M', '2020-01-01' from generate_series(1, 1000) returning id`);
  const { id: workflowId } = await createWorkflow(db);
  const memberIds = rows.map(({ id }) => id);
  const batch = await startRuns(db, workflowId, memberIds, clock);
  const shares = Array.from({ length: 40 }, (_, share) => batch.slice(share * 25, share * 25 + 25));
  const step = { type: "assign_task_to_staff", params: { assignee_rule: "round_robin" }, workflowId, clock };
  await Promise.all(shares.map((share) => withTransaction(db, (tx) => act(tx, share, step))));
  const { rows: loads } = await db.execute<{ tasks: number }>(sql`
    select count(*)::int as tasks from staff_tasks group by assignee_id order by 1`);
  expect(loads.map(({ tasks }) => tasks)).toEqual([142, 143, 143, 143, 143, 143, 143]);
});

test("E86: a batch of 500 spreads over everybody", async ({ database: { db } }) => {
  await db.execute(sql`delete from staff_tasks`);
  const { rows } = await db.execute<{ id: number }>(sql`select id from users where role = 'member' limit 500`);
  const { id: workflowId } = await createWorkflow(db);
  const memberIds = rows.map(({ id }) => id);
  const batch = await startRuns(db, workflowId, memberIds, clock);
  const step = { type: "assign_task_to_staff", params: { assignee_rule: "round_robin" }, workflowId, clock };
  await withTransaction(db, (tx) => act(tx, batch, step));
  const { rows: loads } = await db.execute<{ tasks: number }>(sql`
    select count(*)::int as tasks from staff_tasks group by assignee_id order by 1`);
  expect(loads.map(({ tasks }) => tasks)).toEqual([71, 71, 71, 71, 72, 72, 72]);
});
