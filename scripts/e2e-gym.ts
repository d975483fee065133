import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { connect } from "#db/client";
import { migrateDatabase } from "#db/migrate";
import { createMessageLinks } from "#messaging/message-links";
import { migrateQueue } from "#worker/connection";
import { startRedis } from "../test/support/redis.ts";
import { findFreePort, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { seedDemo } from "./seed-demo.ts";
import { execArgvFor } from "./worker-flags.ts";

export type Gym = { env: Record<string, string>; stop(): Promise<void> };

/** A PostgreSQL with a seeded template, from which each gym under test is cloned. */
export async function startGymServer() {
  const directory = mkdtempSync(path.join(tmpdir(), "retention-e2e-"));
  chmodSync(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ directory, settings: { fsync: "off", synchronous_commit: "off" } });
  const password = new URL(postgres.url("postgres")).password;
  await administer(postgres.url("postgres"), `create role app login password '${password}'`, "create database demo");
  await migrateDatabase(postgres.url("demo"), "app");
  await migrateQueue(postgres.url("demo"), "app");
  const { db, close } = connect({ connectionString: postgres.url("demo", "app") });
  // The gyms sign with it, too: the links in the mail of their past must be good.
  const authSecret = randomBytes(32).toString("base64url");
  await seedDemo(db, new Date(), createMessageLinks({ APP_URL: "http://localhost:3000", AUTH_SECRET: authSecret }));
  await close();
  // Each copy of it is a gym of its own, and the tests run at any hour.
  await administer(postgres.url("demo"), "delete from installation");
  await administer(
    postgres.url("demo"),
    "update gym_settings set quiet_hours_start = '00:00', quiet_hours_end = '00:00'",
  );

  return {
    /** Web and worker on a database of their own, as they run in production. */
    async openGym(backend: "redis" | "postgres"): Promise<Gym> {
      const name = `gym_${backend}`;
      await administer(postgres.url("postgres"), `create database ${name} template demo`);
      const redis = backend === "redis" ? await startRedis() : undefined;
      const port = await findFreePort();
      const env = {
        DATABASE_URL: postgres.url(name, "app"),
        ...(redis && { REDIS_URL: redis.url }),
        APP_URL: `http://localhost:${port}`,
        AUTH_SECRET: authSecret,
        PORT: String(port),
        LOG_LEVEL: "warn",
      };
      const children = [start("scripts/web.ts", env), start("worker/main.ts", env)];
      await waitUntilReady(`http://127.0.0.1:${port}/readyz`, children);
      return {
        env: { ...env, BASE_URL: env.APP_URL, OWNER_DATABASE_URL: postgres.url(name), E2E_BACKEND: backend },
        async stop() {
          await Promise.all(children.map(stopChild));
          await redis?.stop();
        },
      };
    },
    async stop() {
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function administer(url: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) {
    await client.query(statement);
  }
  await client.end();
}

function start(script: string, env: Record<string, string>): ChildProcess {
  const execArgv = execArgvFor(script);
  return fork(path.resolve(script), { env: { ...process.env, NODE_ENV: "production", ...env }, execArgv });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await exited;
  }
}

async function waitUntilReady(url: string, children: ChildProcess[]) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).then(
      (response) => response.json() as Promise<{ queue?: string }>,
      () => null,
    );
    if (answer?.queue === "ok") {
      return;
    }
    if (Date.now() > deadline || children.some(({ exitCode }) => exitCode !== null)) {
      throw new Error(`The gym under test did not start; last answer: ${JSON.stringify(answer)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
