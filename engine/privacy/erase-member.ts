import { is, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { notificationChannel } from "#db/bells";
import type { Tx } from "#db/client";
import { isOfMember, type PersonalTable } from "#db/member-rows";
import { personalData } from "#db/personal-data";
import { insertAuditEvent } from "#db/queries/audit";
import { endRuns } from "#db/queries/runs";
import * as schema from "#db/schema/index";
import { one } from "#lib/rows";
import type { Clock } from "../define.ts";
import { lockMessages, lockRuns } from "../lock-members-work.ts";
import { requireMemberRecords } from "./member-records.ts";

/** How many rows went or were emptied, by their table. */
export type Erased = Record<string, number>;

/**
 * Removes all that says who a member was, from every record of theirs, and keeps what the gym's books and figures need:
 * that somebody visited, was sent a message, was granted credits. What was going ends, what was not sent is not. Doing it
 * again removes what came in meanwhile. Locks are taken in the engine's order: workflows, runs, messages, members.
 * @throws AppError that names the field when there is no such member, `conflict` while a message to them is on its way.
 */
export async function eraseMember(tx: Tx, memberId: number, actorId: number | null, clock: Clock): Promise<Erased> {
  const ids = await requireMemberRecords(tx, memberId);
  await lockRuns(tx, ids);
  await lockMessages(tx, { all: ids });
  const people = sql`${sql.param(ids)}::bigint[]`;
  await tx.execute(sql`select from users where id = any(${people}) order by id for no key update`);
  await markErased(tx, ids, clock);

  await endTheirRuns(tx, ids, clock);
  await settleTheirMessages(tx, ids);
  await tx.execute(
    sql`update staff_tasks set status = 'cancelled' where related_member_id = any(${people}) and status in ('pending', 'in_progress')`,
  );
  await dropDoubledVisits(tx, ids);

  const erased = { ...(await forgetWords(tx, ids)) };
  for (const table of personalData.deleted.filter((name) => !isAppendOnly(name))) {
    const { rowCount } = await tx.execute(sql`delete from ${sql.identifier(table)} where ${isOfMember(table, people)}`);
    erased[table] = rowCount ?? 0;
  }
  for (const [table, columns] of listEmptied()) {
    const { rowCount } = await tx.execute(
      sql`update ${sql.identifier(table)} set ${sql.join(columns, sql`, `)} where ${isOfMember(table, people)}`,
    );
    erased[table] = rowCount ?? 0;
  }
  await insertAuditEvent(tx, { actorId, action: "member.erased", subjectType: "member", subjectId: memberId });
  await tx.execute(sql`select pg_notify(${notificationChannel}, ${String(memberId)})`);
  return erased;
}

/** The lists of what is emptied, each column with what stands for nothing in it; people last, by whose address others are found. */
function listEmptied() {
  const tables = Object.values(schema).flatMap((value) => (is(value, PgTable) ? [getTableConfig(value)] : []));
  const byName = new Map(tables.map(({ name, columns }) => [name, columns]));
  const emptied: [string, readonly string[]][] = Object.entries(personalData.emptied).filter(
    ([table]) => !isAppendOnly(table),
  );
  const lists = emptied.map(([table, names]) => {
    const columns = byName.get(table) ?? [];
    const assignments = names.map((name) => {
      const column = columns.find((candidate) => candidate.name === name);
      const nothing = column?.notNull && !column.hasDefault ? sql`''` : sql`default`;
      return sql`${sql.identifier(name)} = ${nothing}`;
    });
    return [table as PersonalTable, assignments] as const;
  });
  return lists.toSorted(([a], [b]) => Number(a === "users") - Number(b === "users"));
}

/** Only the database's owner may change these two, and lets us in through a door of its own. */
const isAppendOnly = (table: string) => table === "consent_events" || table === "audit_events";

async function forgetWords(tx: Tx, ids: number[]): Promise<Erased> {
  const { rows } = await tx.execute<{ consents: number; deeds: number }>(
    sql`select consents, deeds from forget_words_of_erased(${sql.param(ids)}::bigint[])`,
  );
  const { consents, deeds } = one(rows);
  return { consent_events: consents, audit_events: deeds };
}

async function markErased(tx: Tx, ids: number[], { now }: Clock) {
  await tx.execute(sql`
    update users set status = 'cancelled', erased_at = coalesce(erased_at, ${now}::timestamptz), updated_at = ${now}::timestamptz
    where id = any(${sql.param(ids)}::bigint[])`);
}

async function endTheirRuns(tx: Tx, ids: number[], { now }: Clock) {
  const { rows } = await tx.execute<{ id: number }>(
    sql`select id from workflow_runs where member_id = any(${sql.param(ids)}::bigint[]) and ended_at is null`,
  );
  const going = rows.map(({ id }) => id);
  await endRuns(tx, going, { status: "cancelled", reason: "member_gone", endedAt: now });
}

/** What may have left already is not asked about any more: with its text, whatever could be repeated is gone. */
async function settleTheirMessages(tx: Tx, ids: number[]) {
  const people = sql`${sql.param(ids)}::bigint[]`;
  const naming = sql`select message_id from staff_digests where member_ids && ${people}`;
  await tx.execute(sql`
    with settled as (
      update communication_logs
      set status = case when first_tried_at is null then 'skipped' else 'failed' end, reason = 'member_gone',
          due_at = null, lease_token = null, lease_until = null
      where status in ('queued', 'unconfirmed') and (member_id = any(${people}) or id in (${naming}))
      returning run_id, step_id, queued_at, status
    )
    update automation_logs l set outcome = settled.status, reason = 'member_gone'
    from settled
    where l.run_id = settled.run_id and l.step_id = settled.step_id and l.executed_at = settled.queued_at and l.outcome = 'queued'`);
  await tx.execute(sql`delete from message_bodies where message_id in (${naming})`);
}

/** Without the names of classes two of one moment would be the same visit. */
async function dropDoubledVisits(tx: Tx, ids: number[]) {
  await tx.execute(sql`
    delete from visits d using visits k
    where d.member_id = any(${sql.param(ids)}::bigint[]) and k.member_id = d.member_id and k.visited_at = d.visited_at
      and k.kind = d.kind and k.id < d.id`);
}
