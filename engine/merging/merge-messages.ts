import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { Pair } from "#db/queries/merged-records";
import { one } from "#lib/rows";
import type { Rivals } from "./merge-runs.ts";

const isWaiting = (message: string) =>
  sql`(${sql.identifier(message)}.status = 'queued' and ${sql.identifier(message)}.first_tried_at is null)`;

/**
 * Keeps back what is still here and would be the second of its kind: all of the runs that ended, and of rivals what the
 * other sends or has sent at the same step. What may have left already stays what it is. Returns how many.
 */
export async function skipDoubled(tx: Tx, rivals: Rivals[], ended: number[]): Promise<number> {
  const { rows } = await tx.execute<{ skipped: number }>(sql`
    with rivals as (
      select * from unnest(${sql.param(rivals.map(({ winner }) => winner))}::bigint[],
                           ${sql.param(rivals.map(({ loser }) => loser))}::bigint[]) as pair (winner, loser)
    ),
    runs as (select winner as id from rivals union select loser from rivals),
    doubled as (
      select m.id from communication_logs m
      where m.run_id in (select id from runs) and ${isWaiting("m")}
        and (m.run_id = any(${sql.param(ended)}::bigint[]) or exists (
          select from rivals
          join communication_logs o on o.step_id = m.step_id and o.status not in ('skipped', 'failed', 'cancelled')
          where (rivals.loser = m.run_id and o.run_id = rivals.winner)
             or (rivals.winner = m.run_id and o.run_id = rivals.loser and not ${isWaiting("o")})))
    ),
    skipped as (
      update communication_logs set status = 'skipped', reason = 'merged', due_at = null, lease_token = null, lease_until = null
      where id in (select id from doubled) returning run_id, step_id, queued_at
    ),
    told as (
      update automation_logs l set outcome = 'skipped', reason = 'merged'
      from skipped s
      where l.run_id = s.run_id and l.step_id = s.step_id and l.executed_at = s.queued_at and l.outcome = 'queued'
    )
    select count(*)::int as skipped from skipped`);
  return one(rows).skipped;
}

export async function moveMessages(tx: Tx, { keep, drop }: Pair): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update communication_logs set member_id = ${keep},
      recipient = case when recipient = ${`member_${drop}`} then ${`member_${keep}`} else recipient end
    where member_id = ${drop}`);
  return rowCount ?? 0;
}
