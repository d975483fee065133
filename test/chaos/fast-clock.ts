import pg from "pg";

/** What the database's clock shows when a gym begins: a Sunday morning, far from midnight and from quiet hours. */
const begin = "2026-11-22 10:00:00+01";

/**
 * Makes the database's clock run faster for one role, in this database alone: a wait of a minute and a
 * provider's "try again in 30 s" then fit into a test. Everybody still reads the one clock, under its own name, and
 * leases, waits and retries keep their proportions.
 */
export async function speedUpClock(url: string, speed: number, role = "app"): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ database: string; start: string }>(
      "select current_database() as database, clock_timestamp()::text as start",
    );
    const [{ database, start } = { database: "", start: "" }] = rows;
    const passed = (clock: string) =>
      `$$ select timestamptz '${begin}' + (pg_catalog.${clock}() - timestamptz '${start}') * ${speed} $$`;
    await client.query(`
      create schema fast_clock;
      create function fast_clock.clock_timestamp() returns timestamptz language sql volatile as ${passed("clock_timestamp")};
      create function fast_clock.now() returns timestamptz language sql stable as ${passed("now")};
      grant usage on schema fast_clock to ${role}`);
    // Named before pg_catalog, which is otherwise searched first, whatever the path says.
    await client.query(`alter role ${role} in database ${database} set search_path = fast_clock, public, pg_catalog`);
  } finally {
    await client.end();
  }
}
