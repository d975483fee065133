import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { addressHash } from "#db/address-hash";
import { type Db, withTransaction } from "#db/client";
import { isOfMember, type PersonalTable } from "#db/member-rows";
import { personalData } from "#db/personal-data";
import { type TestDatabase, test } from "../../test/support/database.ts";
import { clockAt } from "../../test/support/factories.ts";
import { createNamedEverywhere } from "../../test/support/named-everywhere.ts";
import { eraseMember } from "./erase-member.ts";

const clock = clockAt("2026-11-22");

const erase = ({ db }: TestDatabase, memberId: number) =>
  withTransaction(db, (tx) => eraseMember(tx, memberId, null, clock));

const own = (table: PersonalTable, memberId: number) => isOfMember(table, sql`array[${memberId}]::bigint[]`);

type Column = { table: string; column: string; type: string };

/** Every column of every table that can hold text. */
async function listTextColumns(db: Db): Promise<Column[]> {
  const { rows } = await db.execute<Column>(sql`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name !~ '^automation_logs_'
      and c.data_type in ('text', 'jsonb', 'json', 'character varying', 'ARRAY')`);
  return rows;
}

/** Writes `mark` into all of a member's rows wherever something personal may stand. */
async function fillEverywhere(db: Db, memberId: number, mark: string) {
  const email = `${mark}@example.com`;
  await db.execute(sql`update users set email = ${email} where id = ${memberId}`);
  const message = sql`(select max(id) from communication_logs where member_id = ${memberId})`;
  for (const statement of [
    sql`insert into message_bodies (message_id, from_address, from_name, subject, html, text) values (${message}, 'a@b.example', 'Gym', '', '', '')`,
    sql`insert into message_events (provider, event_id, type, message_id, state, occurred_at, body) values ('resend', ${`${mark}-1`}, 'opened', ${message}, 'applied', now(), ${email})`,
    sql`insert into message_events (provider, event_id, type, address_hash, state, occurred_at, body) values ('resend', '2', 'bounced', ${addressHash(sql`${email}`)}, 'parked', now(), '')
        on conflict do nothing`,
    sql`insert into message_events (provider, event_id, type, state, occurred_at, body) values ('resend', ${`${mark}-3`}, 'other', 'unreadable', now(), ${`{"to": "${email}"}`})`,
    sql`insert into audit_events (action, subject_type, subject_id, before) values ('member.enrolled', 'member', ${memberId}, '{}')`,
    sql`insert into consent_events (member_id, channel, class, is_granted, source) values (${memberId}, 'email', 'marketing', true, 'form')`,
    sql`with file as (insert into imports (kind, file_name, bytes, created_by) values ('members', 'a.csv', 9, 1) returning id)
        insert into import_problems (import_id, number, line, "column", value, reason) select id, 1, 2, 'email', ${email}, 'twice' from file`,
    sql`insert into auth_verifications (identifier, value, expires_at) values ('token', ${`{"email": "${email}"}`}, now())`,
    sql`insert into auth_sessions (user_id, token, expires_at) select id, ${`token ${mark}`}, now() from auth_users where user_id = ${memberId}`,
    sql`insert into auth_accounts (user_id, account_id, provider_id) select id, ${mark}, 'credential' from auth_users where user_id = ${memberId}`,
  ]) {
    await db.execute(statement);
  }
  for (const { table, column, type } of await listTextColumns(db)) {
    const isEmptied = (personalData.emptied as Record<string, readonly string[]>)[table]?.includes(column);
    if (isEmptied && !["time_zone", "language", "email"].includes(column)) {
      const value =
        type === "jsonb" ? sql`${JSON.stringify([mark])}::jsonb` : sql`${`${mark} ${column} `} || ctid::text`;
      const named = sql`${sql.identifier(table)} set ${sql.identifier(column)} = ${value}`;
      await db.execute(sql`update ${named} where ${own(table as PersonalTable, memberId)}`);
    }
  }
}

async function findMarks(db: Db, mark: string): Promise<string[]> {
  const columns = await listTextColumns(db);
  const counts = columns.map(
    ({ table, column }) => sql`
      select ${`${table}.${column}`}::text as place from ${sql.identifier(table)}
      where strpos(lower(${sql.identifier(column)}::text), ${mark}) > 0`,
  );
  const { rows } = await db.execute<{ place: string }>(
    sql`select distinct place from (${sql.join(counts, sql` union all `)}) found`,
  );
  return rows.map(({ place }) => place);
}

test("G26: nothing says who an erased member was, in no column of any table, and the books still add up", async ({
  database,
}) => {
  const { db } = database;
  const people: number[] = [];
  for (let number = 0; number < 100; number++) {
    const { id } = await createNamedEverywhere(database);
    await fillEverywhere(db, id, `zoe${number}quux`);
    people.push(id);
  }
  const other = await createNamedEverywhere(database);
  await fillEverywhere(db, other.id, "stays");
  const filled = await findMarks(db, "quux");
  const emptied = Object.entries(personalData.emptied).flatMap(([table, columns]) =>
    columns.map((column) => `${table}.${column}`),
  );
  const notText = ["users.birth_date", "users.time_zone", "users.language"];
  expect(emptied.filter((place) => !filled.includes(place) && !notText.includes(place))).toEqual([]);
  const countTheirs = async () =>
    Object.fromEntries(
      await Promise.all(
        personalData.deleted.map(async (table) => {
          const theirs = isOfMember(table, sql`${sql.param(people)}::bigint[]`);
          const { rows } = await db.execute<{ count: number }>(
            sql`select count(*)::int as count from ${sql.identifier(table)} where ${theirs}`,
          );
          return [table, rows[0]?.count] as const;
        }),
      ),
    );
  expect(Object.entries(await countTheirs()).filter(([, count]) => !count)).toEqual([]);
  const books = sql`
    select (select sum(amount)::float from credit_entries) as credits, (select count(*)::int from visits) as visits,
           (select count(*)::int from communication_logs) as messages, (select count(*)::int from workflow_runs) as runs,
           (select count(*)::int from automation_logs) as steps, (select count(*)::int from member_offers) as offers,
           (select count(*)::int from staff_tasks) as tasks, (select count(*)::int from users) as users`;
  const { rows: before } = await db.execute(books);
  const staying = await findMarks(db, "stays");

  for (const id of people) {
    await erase(database, id);
  }
  expect(await findMarks(db, "quux")).toEqual([]);
  expect((await db.execute(books)).rows).toEqual(before);
  expect(await findMarks(db, "stays")).toEqual(staying);
  expect(Object.entries(await countTheirs()).filter(([, count]) => count)).toEqual([]);
}, 120_000);
