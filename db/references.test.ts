import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { one } from "#lib/rows";
import { test } from "../test/support/database.ts";
import { createWorkflow } from "../test/support/factories.ts";
import { type Db, withTransaction } from "./client.ts";
import { rootCause } from "./errors.ts";

const run = (workflowId: number, versionId: number, memberId: number) => sql`
  insert into workflow_runs (workflow_id, version_id, member_id, started_on, started_at)
  values (${workflowId}, ${versionId}, ${memberId}, '2026-11-22', now())`;
const state = (workflowId: number, memberId: number) => sql`
  insert into member_workflow_state (workflow_id, member_id, cooldown_until) values (${workflowId}, ${memberId}, '2026-11-22')`;
const baseline = (workflowId: number, memberId: number) => sql`
  insert into baselines (workflow_id, member_id) values (${workflowId}, ${memberId})`;

const versionOf = async (db: Db, workflowId: number) => {
  const { rows } = await db.execute<{ id: number }>(
    sql`select id from workflow_versions where workflow_id = ${workflowId}`,
  );
  return one(rows).id;
};

/** Nothing else in the database names this one. */
async function createBareMember(db: Db) {
  const { rows } = await db.execute<{ id: number }>(sql`insert into users (first_name) values ('Ada') returning id`);
  return one(rows).id;
}

async function setUp(db: Db) {
  const memberId = await createBareMember(db);
  const { id: workflowId } = await createWorkflow(db);
  return { memberId, workflowId, versionId: await versionOf(db, workflowId) };
}

/** Why it was refused, as the database says it. */
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "taken",
    (error) => rootCause(error).message,
  );

test("runs, cooldowns and baselines name members, workflows and versions that there are", async ({ database }) => {
  const { db } = database;
  const { memberId, workflowId, versionId } = await setUp(db);
  const other = await setUp(db);
  for (const bad of [
    run(workflowId, versionId, -1),
    run(workflowId, -1, memberId),
    run(-1, versionId, memberId),
    run(workflowId, other.versionId, memberId),
    state(workflowId, -1),
    state(-1, memberId),
    baseline(workflowId, -1),
    baseline(-1, memberId),
  ]) {
    expect(await refusal(db.execute(bad))).toMatch(/names .* not exist/);
  }
  for (const good of [
    run(workflowId, versionId, memberId),
    state(workflowId, memberId),
    baseline(workflowId, memberId),
  ]) {
    await db.execute(good);
  }
});

test("what they name stays, and what nothing names may go", async ({ database }) => {
  const { db } = database;
  for (const naming of [
    (ids: Awaited<ReturnType<typeof setUp>>) => run(ids.workflowId, ids.versionId, ids.memberId),
    (ids: Awaited<ReturnType<typeof setUp>>) => state(ids.workflowId, ids.memberId),
    (ids: Awaited<ReturnType<typeof setUp>>) => baseline(ids.workflowId, ids.memberId),
  ]) {
    const ids = await setUp(db);
    await db.execute(naming(ids));
    expect(await refusal(db.execute(sql`delete from users where id = ${ids.memberId}`))).toMatch(
      /still names rows of users/,
    );
  }
  const id = await createBareMember(db);
  expect(await refusal(db.execute(sql`delete from users where id = ${id}`))).toBe("taken");
});

test("of a member who goes and a run that starts at the same moment one is refused", async ({ database }) => {
  const { db } = database;
  const { memberId, workflowId, versionId } = await setUp(db);
  const starting = await withTransaction(db, async (tx) => {
    await tx.execute(run(workflowId, versionId, memberId));
    const leaving = refusal(db.execute(sql`delete from users where id = ${memberId}`));
    // It waits for this transaction: whoever looks now finds nobody done.
    expect(await Promise.race([leaving, db.execute(sql`select pg_sleep(0.2)`).then(() => "waiting")])).toBe("waiting");
    return { leaving };
  });
  expect(await starting.leaving).toMatch(/still names rows of users/);
});
