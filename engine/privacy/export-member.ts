import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { isOfMember, type PersonalTable, personalTables } from "#db/member-rows";
import { insertAuditEvent } from "#db/queries/audit";
import type { Clock } from "../define.ts";
import { requireFewExports } from "../export-limit.ts";
import { requireMemberRecords } from "./member-records.ts";

/** What opens a door is the member's, and nobody else's to see: not even whoever hands the file on. */
const secrets: readonly PersonalTable[] = ["auth_sessions", "auth_accounts", "auth_verifications"];

/** All that is stored about a member, as it is stored: the rows of each table, oldest first. Instants are in UTC. */
export type MemberExport = { exportedAt: string; memberId: number; records: Record<string, unknown[]> };

/** Where a table's rows stand as somebody can read them. */
const readable: Partial<Record<PersonalTable, string>> = { message_bodies: "message_texts" };

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
    await requireFewExports(tx, actorId, clock);
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
