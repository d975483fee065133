import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { listOpenRunsOfMembers } from "#db/queries/runs";
import type { Clock } from "./define.ts";
import { endStopped } from "./end-stopped.ts";
import { findStopsOfRuns } from "./stops.ts";

const eventsAtOnce = 1_000;

/**
 * Ends the unfinished runs whose exit condition holds since a member's visit, renewal or change of status: at once, not
 * only when their next step is due. Returns how many events were handled.
 */
export async function handleEvents(db: Db, clock: Clock): Promise<number> {
  let handled = 0;
  let count = 0;
  do {
    count = await withTransaction(db, async (tx) => {
      const { rows } = await tx.execute<{ id: number; memberId: number }>(sql`
        select id, member_id as "memberId" from member_events where handled_at is null
        order by id limit ${eventsAtOnce} for update skip locked`);
      const runs = await listOpenRunsOfMembers(tx, [...new Set(rows.map(({ memberId }) => memberId))]);
      const owed = runs.map(({ id }) => ({ runId: id, since: clock.now }));
      await endStopped(tx, await findStopsOfRuns(tx, owed, clock), clock);
      await tx.execute(sql`
        update member_events set handled_at = ${clock.now}::timestamptz
        where id = any(${sql.param(rows.map(({ id }) => id))}::bigint[])`);
      return rows.length;
    });
    handled += count;
  } while (count === eventsAtOnce);
  return handled;
}
