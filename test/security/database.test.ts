import { expect, onTestFinished } from "vitest";
import { connect } from "#db/client";
import { test } from "../support/database.ts";

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

test("the application's role is nobody special", async ({ database }) => {
  const app = connect({ connectionString: database.appUrl });
  onTestFinished(() => app.close());
  const { rows } = await app.pool.query(`
    select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication from pg_roles where rolname = current_user`);
  expect(Object.values(rows[0])).toEqual([false, false, false, false, false]);
});
