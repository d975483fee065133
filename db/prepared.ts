import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type pg from "pg";
import type { Db } from "./client.ts";

const dialect = new PgDialect();

/**
 * Like `db.execute`, for a statement that is large and runs often over few rows: a connection plans it once and knows it
 * by its name from then on. The name stands for one text; only parameters may differ.
 */
export async function executePrepared<Row extends pg.QueryResultRow>(
  db: Db,
  name: string,
  statement: SQL,
): Promise<Row[]> {
  const { $client: client } = db as Db & { $client: pg.Pool | pg.PoolClient };
  const { sql: text, params } = dialect.sqlToQuery(statement);
  const { rows } = await client.query<Row>({ name, text, values: params });
  return rows;
}
