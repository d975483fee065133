import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, type Database } from "#db/client";
import { isTransient } from "#db/errors";
import { migrateDatabase } from "#db/migrate";
import { startEmbeddedPostgres } from "#scripts/embedded-postgres";
import { migrateQueue } from "#worker/connection";
import { administer } from "../support/administer.ts";
import { startRedis } from "../support/redis.ts";
import { speedUpClock } from "./fast-clock.ts";

export type Backend = "redis" | "postgres";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A database server of one's own, to be ended and started again. Commits wait for the operating system but not for the
 * disk: what is ended here is the server, never the machine under it.
 */
export async function startPostgres() {
  const directory = mkdtempSync(path.join(tmpdir(), "retention-chaos-pg-"));
  chmodSync(directory, 0o755);
  const settings = { fsync: "off", full_page_writes: "off", max_connections: "200" };
  let server = await startEmbeddedPostgres({ directory, settings });
  const { port, url } = server;
  await administer(url("postgres"), async (query) => {
    await query("create role app login");
    await query(`alter role app password '${new URL(url("postgres")).password}'`);
  });
  return {
    url,
    /** `SIGINT` is what PostgreSQL calls a fast shutdown, `SIGQUIT` an immediate one. */
    async restart(signal: "SIGINT" | "SIGQUIT") {
      await server.stop(signal);
      server = await startEmbeddedPostgres({ directory, settings, port });
    },
    /** Cuts every connection of the application's role, several times in a row. */
    async storm(database: string) {
      for (let gust = 0; gust < 3; gust++) {
        await administer(url("postgres"), (query) =>
          query(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and usename = 'app'`,
          ),
        ).catch(() => {});
        await pause(60);
      }
    },
    async stop() {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type PostgresServer = Awaited<ReturnType<typeof startPostgres>>;

/** An empty, migrated database. With a `speed` its clock runs so many times as fast for the application, from a day on. */
export async function createGymDatabase({ url }: PostgresServer, name: string, speed?: number): Promise<Database> {
  await administer(url("postgres"), (query) => query(`create database ${name}`));
  await migrateDatabase(url(name), "app");
  await migrateQueue(url(name), "app");
  if (speed !== undefined) {
    await speedUpClock(url(name), speed);
  }
  return connect({ connectionString: url(name, "app") });
}

/** A Redis to be emptied, and to be killed and started again on the same port. */
export async function startFragileRedis() {
  let redis = await startRedis();
  const { port, url } = redis;
  return {
    url,
    async flush() {
      await redis.client.flushall();
    },
    countKeys: () => redis.client.dbsize(),
    async killFor(ms: number) {
      await redis.stop("SIGKILL");
      await pause(ms);
      redis = await startRedis(port);
    },
    stop: () => redis.stop(),
  };
}

/** Repeats what a server that went away has cut short. `work` must bear being done twice. */
export async function persist<Result>(work: () => Promise<Result>, timeoutMs = 30_000): Promise<Result> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || Date.now() > deadline) {
        throw error;
      }
      await pause(100);
    }
  }
}
