import { getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { expect } from "vitest";
import { isPasswordRight } from "#app/_server/passwords";
import type { Db } from "#db/client";
import {
  automationLogs,
  automationWorkflows,
  baselines,
  communicationLogs,
  consentEvents,
  memberStats,
  memberships,
  memberTags,
  memberWorkflowState,
  messageBodies,
  notifications,
  sweptDays,
  users,
  visits,
  workflowRuns,
} from "#db/schema/index";
import { demoPassword, demoSignIns } from "#db/seed/demo-gym/index";
import { starters } from "#db/seed/starters/index";
import { countAudience } from "#engine/audience";
import { readClock } from "#engine/clock";
import { triggers } from "#engine/triggers/index";
import { one } from "#lib/rows";
import { createTestDatabase, test } from "../test/support/database.ts";
import { seedDemo } from "./seed-demo.ts";

const now = new Date("2026-11-22T14:20:00Z");
const links = {
  appUrl: "http://localhost:3000",
  unsubscribeUrl: (id: number) => `http://localhost:3000/unsubscribe/${id}`,
};

const first = async <Row extends Record<string, unknown>>(db: Db, query: ReturnType<typeof sql>) =>
  one((await db.execute<Row>(query)).rows);

const tables = [
  ...[users, memberships, visits, memberStats, consentEvents, memberTags, notifications, sweptDays, baselines],
  ...[workflowRuns, automationLogs, communicationLogs, messageBodies, memberWorkflowState],
];

/** All rows of a table, but for the moments at which this machine happened to write them and what is random on purpose. */
async function digest(db: Db, table: PgTable): Promise<string> {
  const row = sql`to_jsonb(t) - '{updated_at,created_at,lease_token,lease_until}'::text[]`;
  const { count, hash } = await first<{ count: number; hash: string }>(
    db,
    sql`
    select count(*)::int as count, md5(string_agg(row, E'\\n' order by row collate "C")) as hash
    from (select (${row})::text as row from ${table} t) rows`,
  );
  return `${getTableName(table)}: ${count} ${hash}`;
}

test("the demo gym is the same for the same moment, and alive", { timeout: 120_000 }, async ({ database }) => {
  const { db } = database;
  await seedDemo(db, now, links);
  const twin = await createTestDatabase();
  await seedDemo(twin.db, now, links);
  for (const table of tables) {
    expect(await digest(twin.db, table)).toBe(await digest(db, table));
  }
  await twin.drop();

  const clock = await readClock(db, now);
  const workflows = await db.select().from(automationWorkflows).orderBy(automationWorkflows.id);
  expect(workflows.filter(({ isEnabled }) => isEnabled).map(({ name }) => name)).toEqual([
    "Has not come for three weeks",
    "Membership is about to end",
  ]);
  expect(workflows).toHaveLength(starters.workflows.length);
  const shown = workflows.filter(({ name, isEnabled }) => isEnabled || name === "Birthday");
  expect(shown).toHaveLength(3);
  for (const { trigger } of shown) {
    expect(await countAudience(db, triggers.schema.parse(trigger), clock)).toBeGreaterThan(1);
  }

  const lived = await first<Record<string, number>>(
    db,
    sql`
    select (select count(*)::int from workflow_runs) as runs,
           (select count(distinct started_on)::int from workflow_runs) as days,
           (select count(*)::int from communication_logs where channel = 'email' and status = 'sent') as emails,
           (select count(*)::int from communication_logs where reason = 'no_consent') as refused,
           (select count(*)::int from communication_logs where due_at is not null) as owed,
           (select count(*)::int from member_events where handled_at is null) as open,
           (select count(*)::int from visits where visited_at > ${now.toISOString()}::timestamptz) as future,
           (select count(*)::int from notifications where read_at is null) as unread,
           (select count(*)::int from staff_tasks) as tasks,
           (select count(*)::int from automation_logs where outcome = 'failed') as failed,
           (select count(*)::int from notifications where read_at < created_at or dismissed_at > ${now.toISOString()}::timestamptz) as absurd`,
  );
  expect(lived).toMatchObject({ owed: 0, open: 0, future: 0, absurd: 0, failed: 0 });
  expect(lived.runs).toBeGreaterThan(60);
  expect(lived.days).toBeGreaterThan(25);
  expect(lived.emails).toBeGreaterThan(30);
  expect(lived.refused).toBeGreaterThan(10);
  expect(lived.unread).toBeGreaterThan(10);
  expect(lived.tasks).toBeGreaterThan(10);
});

test("its three people can sign in, and the member has something to see", { timeout: 60_000 }, async ({ database }) => {
  const { db } = database;
  const roles = { admin: "admin", trainer: "staff", member: "member" };
  for (const [person, email] of Object.entries(demoSignIns)) {
    const found = await first<{ role: string; password: string }>(
      db,
      sql`
      select u.role, c.password from auth_users a join users u on u.id = a.user_id
      join auth_accounts c on c.user_id = a.id where a.email = ${email}`,
    );
    expect(found.role).toBe(roles[person as keyof typeof roles]);
    expect(await isPasswordRight(found.password, demoPassword)).toBe(true);
  }
  const member = await first(
    db,
    sql`
    select (select count(*)::int from notifications n where n.member_id = u.id) as notifications,
           (select count(*)::int from notifications n where n.member_id = u.id and read_at is null) as unread,
           birth_md as "birthMd", status,
           exists (select from consent_events c where c.member_id = u.id and c.is_granted and c.channel = 'email') as agreed
    from users u where email = ${demoSignIns.member}`,
  );
  expect(member).toEqual({ notifications: 2, unread: 1, birthMd: 1122, status: "active", agreed: true });
});

test("a database that has a gym gets no second one, and no part of it", async ({ database }) => {
  const { db } = database;
  const count = () => first(db, sql`select count(*)::int as people from users`);
  const before = await count();
  await expect(seedDemo(db, now, links)).rejects.toThrow();
  expect(await count()).toEqual(before);
});
