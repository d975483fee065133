import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** Makes the months of the step log that the next weeks will write into; those that are there stay as they are. */
export async function ensureLogPartitions(db: Db, today: string): Promise<void> {
  await db.execute(sql`
    select ensure_log_partition((${today}::date + make_interval(months => n))::date) from generate_series(0, 2) n`);
}
