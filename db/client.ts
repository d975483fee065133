import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";

// Ids are bigint in the database and numbers here; they stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** The pool, or a transaction of the caller: queries take either. */
export type Db = NodePgDatabase;

declare const inTransaction: unique symbol;
/** A connection inside a transaction that somebody else ends. */
export type Tx = Db & { [inTransaction]: true };

export type Database = { db: Db; pool: pg.Pool; close(): Promise<void> };

type ConnectOptions = {
  connectionString: string;
  /** Connections at most. */
  max?: number;
  statementTimeoutMs?: number;
  applicationName?: string;
  /** Told of connections lost while idle; the pool replaces them by itself. */
  onConnectionLost?: (error: Error) => void;
};

/** Asked of the connection itself: a bundler may load this module several times, and each must know the others' pools. */
function poolOf(db: Db | Tx): pg.Pool | undefined {
  const { $client } = db as Db & { $client: unknown };
  return $client instanceof pg.Pool ? $client : undefined;
}

/** A transaction is one connection, which does one thing after the other. */
export const isTransaction = (db: Db | Tx): db is Tx => poolOf(db) === undefined;

export function connect(options: ConnectOptions): Database {
  const { connectionString, max = 10, statementTimeoutMs = 60_000, applicationName, onConnectionLost } = options;
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on("error", (error) => onConnectionLost?.(error));
  // So would one that breaks in anybody's hands, even before they have it: the loss also fails the query that runs.
  pool.on("connect", (client) => client.on("error", () => {}));
  return { db: drizzle(pool), pool, close: () => pool.end() };
}

/**
 * Runs `work` in one transaction, or joins the caller's. Drizzle's own `transaction()` loses the connection for good
 * when BEGIN fails and hands dead ones back to the pool; see docs/decisions/0001-pg-driver.md.
 */
export async function withTransaction<Result>(db: Db | Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const pool = poolOf(db);
  if (!pool) {
    return work(db as Tx);
  }
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(drizzle(client) as unknown as Tx);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Runs `work` where nothing can be written, and no statement may take longer than `timeoutMs`. Within a transaction of the
 * caller's both hold from there on, as long as `work` lasts.
 */
export async function withReadOnly<Result>(
  db: Db | Tx,
  { timeoutMs }: { timeoutMs: number },
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const guard = async (tx: Tx) => {
    await tx.execute(sql`select set_config('statement_timeout', ${String(Math.round(timeoutMs))}, true)`);
    await tx.execute("set local transaction_read_only = on");
    return work(tx);
  };
  if (!isTransaction(db)) {
    return withTransaction(db, guard);
  }
  // What was set within a savepoint is as it was once that is rolled back.
  const outer = db as Tx;
  await outer.execute("savepoint reading");
  try {
    return await guard(outer);
  } finally {
    await outer.execute("rollback to savepoint reading");
    await outer.execute("release savepoint reading");
  }
}

/** Runs `work` so that its failure leaves `db` usable: within a transaction of the caller's, behind a savepoint. */
export async function withFence<Result>(db: Db | Tx, work: (db: Db) => Promise<Result>): Promise<Result> {
  return isTransaction(db) ? withSavepoint(db, work) : work(db);
}

/** Runs `work` so that its failure undoes its own writes alone, and the caller's transaction goes on. */
export async function withSavepoint<Result>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  await tx.execute("savepoint inner_work");
  try {
    const result = await work(tx);
    await tx.execute("release savepoint inner_work");
    return result;
  } catch (error) {
    // Let go of, too: one that stayed would hide an outer one of the same name, which could then no longer undo its own.
    await tx.execute("rollback to savepoint inner_work");
    await tx.execute("release savepoint inner_work");
    throw error;
  }
}
