import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { expect, onTestFinished, vi } from "vitest";
import { connect } from "#db/client";
import { connectQueue, migrateQueue } from "../../worker/connection.ts";
import { test } from "../support/database.ts";
import { until } from "../support/until.ts";

test("a statement that takes too long is ended by the database", async ({ database }) => {
  const app = connect({ connectionString: database.appUrl, statementTimeoutMs: 200 });
  onTestFinished(() => app.close());
  const before = performance.now();
  await expect(app.pool.query("select pg_sleep(10)")).rejects.toThrow(/statement timeout/);
  expect(performance.now() - before).toBeLessThan(5_000);
});

test("a transaction that somebody forgot is ended by the database", async ({ database }) => {
  const app = connect({ connectionString: database.appUrl });
  onTestFinished(() => app.close());
  const { rows } = await app.pool.query("show idle_in_transaction_session_timeout");
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: "1min" }]);
  const client = await app.pool.connect();
  const ended = new Promise<Error>((resolve) => client.on("error", resolve));
  await client.query("set idle_in_transaction_session_timeout = '200ms'");
  await client.query("begin");
  expect((await ended).message).toMatch(/idle-in-transaction timeout/);
  client.release(true);
  expect((await app.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("the queue's connections are held to the same", async ({ database }) => {
  await migrateQueue(database.url, "app");
  const connections = vi.spyOn(pg.Pool.prototype, "connect");
  onTestFinished(() => connections.mockRestore());
  const backend = await connectQueue({ databaseUrl: database.appUrl });
  onTestFinished(() => backend.close());
  await backend.queue.waitUntilReady();
  const pool = connections.mock.contexts[0] as unknown as pg.Pool;
  const { rows } = await pool.query(
    "select current_setting('statement_timeout') a, current_setting('idle_in_transaction_session_timeout') b",
  );
  expect(rows).toEqual([{ a: "1min", b: "1min" }]);
});

test("a worker that waits longer than a statement may take still gets its next job", async ({ database }) => {
  await migrateQueue(database.url, "app");
  const hasty = "?statement_timeout=200&idle_in_transaction_session_timeout=200";
  const backend = await connectQueue({ databaseUrl: `${database.appUrl}${hasty}` });
  await backend.queue.drain();
  const taken: string[] = [];
  const worker = await backend.startWorker(async ({ name }) => void taken.push(name), { concurrency: 1 });
  const errors: Error[] = [];
  worker.on("error", (error) => errors.push(error));
  onTestFinished(async () => {
    await worker.close();
    await backend.close();
  });
  await setTimeout(1_500);
  await backend.queue.add("steps", {});
  await until(
    () => Promise.resolve(taken),
    (names) => names.includes("steps"),
  );
  expect(errors).toEqual([]);
});

test("the application's role is nobody special", async ({ database }) => {
  const app = connect({ connectionString: database.appUrl });
  onTestFinished(() => app.close());
  const { rows } = await app.pool.query(`
    select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication from pg_roles where rolname = current_user`);
  expect(Object.values(rows[0])).toEqual([false, false, false, false, false]);
});
