import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** Writes that a worker lives, and forgets those that have not for a day. */
export async function writeHeartbeat(db: Db, workerId: string, isQueueReachable: boolean): Promise<void> {
  await db.execute(sql`
    with gone as (delete from worker_heartbeats where seen_at < clock_timestamp() - interval '1 day')
    insert into worker_heartbeats (worker_id, started_at, seen_at, is_queue_reachable)
    values (${workerId}, clock_timestamp(), clock_timestamp(), ${isQueueReachable})
    on conflict (worker_id) do update set seen_at = excluded.seen_at, is_queue_reachable = excluded.is_queue_reachable`);
}

export async function deleteHeartbeat(db: Db, workerId: string): Promise<void> {
  await db.execute(sql`delete from worker_heartbeats where worker_id = ${workerId}`);
}
