import pg from "pg";

type Query = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

/** Runs statements that need a connection of their own: creating and dropping databases. */
export async function administer<Result>(url: string, work: (query: Query) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work((text, values) => client.query(text, values));
  } finally {
    await client.end();
  }
}
