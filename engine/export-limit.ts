import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { AppError } from "#lib/errors";
import { clockTime } from "#lib/format-time";
import type { Clock } from "./define.ts";

const limit = { files: 10, withinMs: 3_600_000 };

/**
 * Counts the files of members' data that somebody made, by what the audit says; held until the transaction ends, in which
 * the next one is written there.
 * @throws AppError `too_many` after ten within an hour, with the time from which the next one may be made.
 */
export async function requireFewExports(tx: Tx, actorId: number, { timeZone }: Clock): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('export', ${actorId}))`);
  const { rows } = await tx.execute<{ at: string }>(sql`
    select created_at as at from audit_events
    where actor_id = ${actorId} and action in ('member.exported', 'logs.exported')
      and created_at > now() - make_interval(secs => ${limit.withinMs / 1000})
    order by created_at desc offset ${limit.files - 1} limit 1`);
  if (rows[0]) {
    const from = clockTime(new Date(new Date(rows[0].at).getTime() + limit.withinMs + 59_999), timeZone);
    throw new AppError(
      "too_many",
      `You made ${limit.files} such files within an hour. Make the next one from ${from}.`,
    );
  }
}
