import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

export type QueueState = "ok" | "degraded" | "unknown";

const seenWithinSeconds = 30;

/** How the queue is, by what live workers wrote down of it; unknown when none is alive. */
export async function readQueueState(db: Db, now: Date): Promise<QueueState> {
  const { rows } = await db.execute<{ state: QueueState }>(sql`
    select case when count(*) = 0 then 'unknown' when bool_or(is_queue_reachable) then 'ok' else 'degraded' end as state
    from worker_heartbeats
    where seen_at > ${now.toISOString()}::timestamptz - make_interval(secs => ${seenWithinSeconds})`);
  return rows[0]?.state ?? "unknown";
}
