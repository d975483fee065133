import { randomBytes } from "node:crypto";
import { connect } from "#db/client";
import { listEnabledWorkflows } from "#db/queries/workflows";
import { requestRunNow } from "#engine/switching";
import { findFreePort } from "../../scripts/embedded-postgres.ts";
import { administer } from "../support/administer.ts";
import { startRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";
import { canaries, canaryEnv } from "./canaries.ts";
import { startProcess, untilReady } from "./own-process.ts";

/** A gym on Redis that runs with secrets that nothing else looks like, and logs all there is to log. */
export async function openCanaryGym() {
  const owner = new URL(process.env.OWNER_DATABASE_URL ?? "");
  const role = `canary_${randomBytes(4).toString("hex")}`;
  await administer(owner.href, async (query) => {
    await query(`create role ${role} login password '${canaries.DATABASE_URL}' in role app`);
    await query(`create database ${role} template demo`);
  });
  const database = Object.assign(new URL(owner), { pathname: `/${role}` });
  const addressOf = (username: string, password: string) =>
    Object.assign(new URL(database), { username, password }).href;

  const redisPort = await findFreePort();
  const port = await findFreePort();
  const server = `http://localhost:${port}`;
  const env = {
    ...canaryEnv({
      database: addressOf(role, canaries.DATABASE_URL),
      migrations: addressOf("owner", canaries.MIGRATION_DATABASE_URL),
      redis: `redis://:${canaries.REDIS_URL}@127.0.0.1:${redisPort}`,
    }),
    APP_URL: server,
    PORT: String(port),
    LOG_LEVEL: "debug",
  };

  const redis = await startRedis(redisPort);
  await redis.client.config("SET", "requirepass", canaries.REDIS_URL);
  const web = startProcess("scripts/web.ts", env);
  const worker = startProcess("worker/main.ts", env);
  await untilReady(server);

  return {
    ...{ server, web, worker, redis },
    /** Asks the worker for a sweep of each workflow, and waits for its answers. */
    async runWorkflows() {
      const { db, close } = connect({ connectionString: database.href, max: 1 });
      for (const { id } of await listEnabledWorkflows(db)) {
        await requestRunNow(db, { workflowId: id, actorId: null });
      }
      await close();
      await until(
        () =>
          administer(database.href, (query) =>
            query("select count(*)::int as open from requests where finished_at is null"),
          ),
        ({ rows }) => rows[0]?.open === 0,
      );
    },
    /** Pages and steps find no table to read and write. */
    breakTables: () =>
      administer(database.href, async (query) => {
        await query("alter table automation_logs rename to mislaid");
      }),
    /** As if somebody had changed both passwords and told nobody: every connection is cut, and none comes back. */
    async changePasswords() {
      await redis.client.config("SET", "requirepass", "another");
      await redis.client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      await administer(owner.href, async (query) => {
        await query(`alter role ${role} password 'another'`);
        await query("select pg_terminate_backend(pid) from pg_stat_activity where usename = $1", [role]);
      });
    },
    async close() {
      await Promise.all([web.stop(), worker.stop()]);
      await redis.stop();
    },
  };
}
