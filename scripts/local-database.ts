import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { migrateDatabase } from "#db/migrate";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { CommandError } from "./run-command.ts";

/** What the processes of a gym on this machine are started with; in the form of environment variables. */
export type LocalEnv = { DATABASE_URL: string; MIGRATION_DATABASE_URL: string; APP_URL: string; AUTH_SECRET: string };

export type LocalDatabase = { env: LocalEnv; stop(): Promise<void> };

const directory = path.resolve(".data");
/** Tells other commands of this checkout where the database of a running `npm run dev` is. */
const announcement = path.join(directory, "running.json");

/** Starts this checkout's own PostgreSQL and brings its database up to date. */
export async function startLocalDatabase(): Promise<LocalDatabase> {
  const postgres = await startEmbeddedPostgres({ directory: path.join(directory, "postgres") });
  const password = new URL(postgres.url("postgres")).password;
  await createRoleAndDatabase(postgres.url("postgres"), password);
  const owner = postgres.url("retention");
  const env = {
    DATABASE_URL: postgres.url("retention", "app"),
    MIGRATION_DATABASE_URL: owner,
    APP_URL: "http://localhost:3000",
    AUTH_SECRET: readSecret(),
  };
  await migrateDatabase(owner, "app");
  // Loaded only where it is needed: most commands find a database that is there, and should not wait for the queue.
  const { migrateQueue } = await import("#worker/connection");
  await migrateQueue(owner, "app");
  return {
    env,
    async stop() {
      rmSync(announcement, { force: true });
      await postgres.stop();
    },
  };
}

export function announce(env: LocalEnv): void {
  writeFileSync(announcement, JSON.stringify(env), { mode: 0o600 });
}

/**
 * Runs `work` with DATABASE_URL and the rest set: as the environment has them, else those of the running `npm run dev`,
 * else with this checkout's own database, which is stopped again afterwards.
 */
export async function withLocalEnv<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.env.DATABASE_URL) {
    return work();
  }
  const running = await findRunning();
  if (running) {
    Object.assign(process.env, running);
    return work();
  }
  if (process.env.NODE_ENV === "production") {
    throw new CommandError("DATABASE_URL is not set");
  }
  process.stderr.write("DATABASE_URL is not set: using this checkout's own database in .data/.\n");
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.once(signal, () => process.exit(code));
  }
  const local = await startLocalDatabase();
  Object.assign(process.env, local.env);
  try {
    return await work();
  } finally {
    await local.stop();
  }
}

/** The gym that `npm run dev` runs in this checkout, if it does. */
export async function findRunning(): Promise<LocalEnv | null> {
  if (!existsSync(announcement)) {
    return null;
  }
  const env: LocalEnv = JSON.parse(readFileSync(announcement, "utf8"));
  const client = new pg.Client({ connectionString: env.DATABASE_URL, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return env;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

async function createRoleAndDatabase(url: string, password: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("select 1 from pg_roles where rolname = 'app'");
    if (rows.length === 0) {
      await client.query(`create role app login password ${client.escapeLiteral(password)}`);
    }
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'retention'");
    if (!rowCount) {
      await client.query("create database retention");
    }
  } finally {
    await client.end();
  }
}

/** Kept, so that who is signed in stays so over a restart. */
export function readSecret(): string {
  const file = path.join(directory, "auth-secret");
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8");
}
