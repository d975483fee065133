import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { isOfMember, type PersonalTable, personalTables } from "#db/member-rows";
import { insertAuditEvent } from "#db/queries/audit";
import { AppError } from "#lib/errors";
import { clockTime } from "#lib/format-time";
import type { Clock } from "../define.ts";
import { requireMemberRecords } from "./member-records.ts";

/** What opens a door is the member's, and nobody else's to see: not even whoever hands the file on. */
const secrets: readonly PersonalTable[] = ["auth_sessions", "auth_accounts", "auth_verifications"];

/** All that is stored about a member, as it is stored: the rows of each table, oldest first. Instants are in UTC. */
export type MemberExport = { exportedAt: string; memberId: number; records: Record<string, unknown[]> };

/** Where a table's rows stand as somebody can read them. */
const readable: Partial<Record<PersonalTable, string>> = { message_bodies: "message_texts" };

const limit = { files: 10, withinMs: 3_600_000 };

/**
 * What a member may ask to be given, read at one instant. The command line, which is nobody, may ask as often as it likes.
 * @throws AppError `not_found`, and `too_many` after ten files within an hour, with the time from which the next one may be made.
 */
export async function exportMember(
  tx: Tx,
  memberId: number,
  actorId: number | null,
  clock: Clock,
): Promise<MemberExport> {
  const ids = await requireMemberRecords(tx, memberId);
  if (actorId !== null) {
    await requireFew(tx, actorId, clock);
  }
  const people = sql`${sql.param(ids)}::bigint[]`;
  await tx.execute(sql`set local timezone to 'UTC'`);
  const tables = personalTables.filter((table) => !secrets.includes(table));
  const parts = tables.map((table) => {
    const own = sql`select * from ${sql.identifier(readable[table] ?? table)} as ${sql.identifier(table)} where ${isOfMember(table, people)}`;
    return sql`
      select ${table}::text as name, coalesce(jsonb_agg(to_jsonb(own) order by to_jsonb(own) -> 'id'), '[]') as rows from (${own}) own`;
  });
  const { rows } = await tx.execute<{ name: string; rows: unknown[] }>(sql.join(parts, sql` union all `));
  await insertAuditEvent(tx, { actorId, action: "member.exported", subjectType: "member", subjectId: memberId });
  return {
    exportedAt: clock.now.toISOString(),
    memberId,
    records: Object.fromEntries(rows.map(({ name, rows }) => [name, rows])),
  };
}

async function requireFew(tx: Tx, actorId: number, { timeZone }: Clock): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('export', ${actorId}))`);
  const { rows } = await tx.execute<{ at: string }>(sql`
    select created_at as at from audit_events
    where actor_id = ${actorId} and action = 'member.exported' and created_at > now() - make_interval(secs => ${limit.withinMs / 1000})
    order by created_at desc offset ${limit.files - 1} limit 1`);
  if (rows[0]) {
    const from = clockTime(new Date(new Date(rows[0].at).getTime() + limit.withinMs + 59_999), timeZone);
    throw new AppError(
      "too_many",
      `You made ${limit.files} such files within an hour. Make the next one from ${from}.`,
    );
  }
}
