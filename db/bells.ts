import { sql } from "drizzle-orm";
import type { Db } from "./client.ts";

/** What a worker can be woken for. A bell says "go and look", never what to do: the tables know. */
export const bells = ["sweep", "requests", "look_ups", "events", "steps", "imports", "digests", "deliver"] as const;
export type Bell = (typeof bells)[number];

/** The channel that workers listen on. */
export const bellChannel = "bells";

/** Wakes a worker once the caller's transaction commits. Lost without harm: workers also look by themselves. */
export async function ringBell(db: Db, bell: Bell): Promise<void> {
  await db.execute(sql`select pg_notify(${bellChannel}, ${bell})`);
}

/** The channel that web processes listen on; its payload is member ids, separated by commas, 500 at most. */
export const notificationChannel = "notifications";
