import { sql } from "drizzle-orm";
import type { Clock } from "#lib/clock";
import { type Db, withTransaction } from "../client.ts";
import { countMembers } from "./member-figures.ts";
import { countMessages } from "./message-figures.ts";

/** Any number that no other lock uses. */
const countingLock = 7_316_120_005;

/** How many days of messages are looked back on. */
export const figureDays = 30;

/**
 * Brings what the dashboard shows up to date: members every ten minutes, messages as often as more may have become of them.
 * One counts at a time; whoever else would has nothing to do.
 */
export async function countFigures(db: Db, clock: Clock): Promise<void> {
  await withTransaction(db, async (tx) => {
    const { rows } = await tx.execute<{ isOurs: boolean; isDue: boolean }>(sql`
      select pg_try_advisory_xact_lock(${countingLock}) as "isOurs",
             not exists (select from member_figures where counted_at > ${clock.now}::timestamptz - interval '10 minutes') as "isDue"`);
    if (!rows[0]?.isOurs) {
      return;
    }
    if (rows[0].isDue) {
      await countMembers(tx, clock);
    }
    await countMessages(tx, clock, figureDays);
  });
}
