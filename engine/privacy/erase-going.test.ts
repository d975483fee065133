import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { withTransaction } from "#db/client";
import { type TestDatabase, test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";
import { eraseMember } from "./erase-member.ts";

const clock = clockAt("2026-11-22");

const erase = ({ db }: TestDatabase, memberId: number) =>
  withTransaction(db, (tx) => eraseMember(tx, memberId, null, clock));

test("E45, G26: what goes on for an erased member ends, what was not sent is not, and what names them is not mailed", async ({
  database,
}) => {
  const { db } = database;
  const staff = await createMember(db, { role: "staff" });
  const { id } = await createMember(db);
  const { id: workflowId } = await createWorkflow(db);
  await db.execute(sql`
    insert into workflow_runs (id, workflow_id, version_id, member_id, started_on, started_at, status, step_id, due_at)
    values (901, ${workflowId}, (select live_version_id from automation_workflows where id = ${workflowId}), ${id}, '2026-11-20', now(), 'waiting', 2, now())`);
  await db.execute(sql`
    insert into automation_logs (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome)
    values (901, ${id}, ${workflowId}, 1, 'send_email', '2026-11-20', false, 'queued')`);
  await db.execute(sql`
    insert into communication_logs (id, channel, class, member_id, run_id, step_id, queued_at, status, due_at, first_tried_at, sent_at)
    values (911, 'email', 'marketing', ${id}, 901, 1, '2026-11-20', 'queued', now(), null, null),
           (912, 'email', 'marketing', ${id}, null, null, '2026-11-19', 'unconfirmed', null, now(), null),
           (913, 'email', 'marketing', ${id}, null, null, '2026-11-18', 'opened', null, now(), now()),
           (914, 'email', 'digest', ${staff.id}, null, null, '2026-11-22', 'queued', now(), null, null),
           (915, 'email', 'digest', ${staff.id}, null, null, '2026-11-22', 'queued', now(), null, null)`);
  for (const message of [914, 915]) {
    await db.execute(sql`
      insert into message_bodies (message_id, from_address, from_name, subject, html, text) values (${message}, 'a@b.example', 'Gym', '', '', '')`);
  }
  await db.execute(sql`
    insert into staff_digests (user_id, day, message_id, member_ids) values
      (${staff.id}, '2026-11-22', 914, array[${id}]::bigint[]), (${staff.id}, '2026-11-21', 915, '{}')`);
  await db.execute(sql`
    insert into staff_tasks (assignee_id, related_member_id, description, status) values
      (${staff.id}, ${id}, 'Call Zoe', 'pending'), (${staff.id}, ${id}, 'Called Zoe', 'completed')`);

  await erase(database, id);
  const rowsOf = async (query: ReturnType<typeof sql>) => (await db.execute(query)).rows;
  expect(await rowsOf(sql`select status, reason, due_at from workflow_runs where id = 901`)).toEqual([
    { status: "cancelled", reason: "member_gone", due_at: null },
  ]);
  expect(await rowsOf(sql`select outcome, reason from automation_logs where run_id = 901`)).toEqual([
    { outcome: "skipped", reason: "member_gone" },
  ]);
  expect(await rowsOf(sql`select id::int, status from communication_logs where id > 910 order by id`)).toEqual([
    { id: 911, status: "skipped" },
    { id: 912, status: "failed" },
    { id: 913, status: "opened" },
    { id: 914, status: "skipped" },
    { id: 915, status: "queued" },
  ]);
  expect(await rowsOf(sql`select message_id::int as id from message_bodies order by 1`)).toEqual([{ id: 915 }]);
  expect(
    await rowsOf(sql`select description, status from staff_tasks where related_member_id = ${id} order by id`),
  ).toEqual([
    { description: "", status: "cancelled" },
    { description: "", status: "completed" },
  ]);
});

test("G26: two classes of one moment are one visit without their names, and erasing twice is erasing once", async ({
  database,
}) => {
  const { db } = database;
  const { id } = await createMember(db);
  for (const name of ["Yoga", "Pilates"]) {
    await db.execute(sql`
      insert into visits (member_id, visited_at, visited_on, kind, class_name) values (${id}, '2026-11-01 10:00Z', '2026-11-01', 'class', ${name})`);
  }
  const erased = await erase(database, id);
  expect(erased.visits).toBe(1);
  await erase(database, id);
  const { rows } = await db.execute(sql`select erased_at as at, status from users where id = ${id}`);
  expect(rows).toMatchObject([{ status: "cancelled" }]);
});

test("G26: while a message is being handed over the erasing waits to be asked again", async ({ database }) => {
  const { db } = database;
  const { id } = await createMember(db, { firstName: "Zoe" });
  await db.execute(sql`
    insert into communication_logs (id, channel, class, member_id, queued_at, status, due_at)
    values (950, 'email', 'marketing', ${id}, now(), 'queued', now())`);
  await withTransaction(db, async (tx) => {
    await tx.execute(sql`select from communication_logs where id = 950 for update`);
    await expect(erase(database, id)).rejects.toMatchObject({ code: "conflict" });
  });
  const { rows } = await db.execute(sql`select first_name as name from users where id = ${id}`);
  expect(rows).toEqual([{ name: "Zoe" }]);
});

test("G26: only members are erased, and nobody's word is forgotten before", async ({ database }) => {
  const { db } = database;
  const staff = await createMember(db, { role: "staff" });
  await expect(erase(database, staff.id)).rejects.toMatchObject({ code: "invalid" });
  await expect(erase(database, 987_654)).rejects.toMatchObject({ code: "not_found" });
  const keep = await createMember(db);
  const dropped = await createMember(db, { erasedAt: clock.now, mergedIntoId: keep.id, status: "cancelled" });
  await expect(erase(database, dropped.id)).rejects.toThrow(`${dropped.id} was merged into ${keep.id}`);

  const live = await createMember(db);
  const count = sql`select count(*)::int as count from consent_events where member_id = ${live.id}`;
  await db.execute(
    sql`insert into consent_events (member_id, channel, class, is_granted, source) values (${live.id}, 'sms', 'marketing', true, 'form')`,
  );
  const before = (await db.execute(count)).rows;
  await db.execute(sql`select forget_words_of_erased(array[${live.id}]::bigint[])`);
  expect((await db.execute(count)).rows).toEqual(before);
});
