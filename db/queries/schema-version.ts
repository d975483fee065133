import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import journal from "../migrations/meta/_journal.json" with { type: "json" };

/** The migrations that this program needs and the database has not had, by name. A newer database lacks none. */
export async function listMissingMigrations(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ newest: number }>(
    sql`select coalesce(max(created_at), 0) as newest from drizzle.__drizzle_migrations`,
  );
  const newest = Number(rows[0]?.newest ?? 0);
  return journal.entries.filter(({ when }) => when > newest).map(({ tag }) => tag);
}
