import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";

/** Any number that no other program uses: it keeps two migrations apart. */
const migrationLock = 7_316_120_001;

/**
 * Brings a database up to date, one process at a time, and lets `appRole` use its tables without owning them.
 * `connectionString` needs the right to create tables.
 */
export async function migrateDatabase(connectionString: string, appRole?: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder: path.join(import.meta.dirname, "migrations") });
    if (appRole) {
      await grantTo(client, appRole);
    }
  } finally {
    await client.end();
  }
}

/** Rows may be read and written, nothing created; what the law wants kept can only be added to. */
async function grantTo(client: pg.Client, role: string) {
  const { rows } = await client.query<{ isOwner: boolean }>(`select $1 = current_user as "isOwner"`, [role]);
  if (rows[0]?.isOwner) {
    return;
  }
  const name = client.escapeIdentifier(role);
  await client.query(`
    revoke create on schema public from public;
    grant usage on schema public to ${name};
    grant select, insert, update, delete on all tables in schema public to ${name};
    grant usage, select on all sequences in schema public to ${name};
    grant execute on all functions in schema public to ${name};
    grant usage on schema drizzle to ${name};
    grant select on all tables in schema drizzle to ${name};
    revoke update, delete on audit_events, consent_events from ${name};
    alter default privileges in schema public grant select, insert, update, delete on tables to ${name};
    alter default privileges in schema public grant usage, select on sequences to ${name}`);
}
