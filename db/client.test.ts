import { sql } from "drizzle-orm";
import { expect, onTestFinished, vi } from "vitest";
import { administer } from "../test/support/administer.ts";
import { test } from "../test/support/database.ts";
import { connect, withSavepoint, withTransaction } from "./client.ts";

test("a pool whose connections are all cut again and again works as soon as the cutting stops", async ({
  database,
}) => {
  const victim = connect({ connectionString: database.url, max: 4, applicationName: "victim" });
  onTestFinished(() => victim.close());
  let isStorm = true;
  const attempts = { done: 0, failed: 0 };
  const work = async () => {
    while (isStorm) {
      await withTransaction(victim.db, (tx) => tx.execute(sql`select pg_sleep(0.002)`)).then(
        () => attempts.done++,
        () => attempts.failed++,
      );
    }
  };
  const workers = Array.from({ length: 8 }, work);
  await administer(database.url, async (query) => {
    for (let round = 0; round < 60; round++) {
      await query(
        "select pg_terminate_backend(pid), pg_sleep(0.01) from pg_stat_activity where application_name = 'victim'",
      );
    }
  });
  isStorm = false;
  await Promise.all(workers);
  expect(attempts.failed).toBeGreaterThan(0);

  const after = await Promise.all(
    Array.from({ length: 100 }, () => withTransaction(victim.db, (tx) => tx.execute(sql`select 1`))),
  );
  expect(after).toHaveLength(100);
  expect(victim.pool.totalCount).toBeLessThanOrEqual(4);
});

test("a failed savepoint undoes its own writes alone", async ({ tx }) => {
  await tx.execute(sql`insert into locations (name) values ('kept')`);
  const failing = withSavepoint(tx, async (inner) => {
    await inner.execute(sql`insert into locations (name) values ('undone')`);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  const { rows } = await tx.execute(sql`select name from locations`);
  expect(rows).toEqual([{ name: "kept" }]);
});

test("one that fails after a failed one within it still undoes all of its own", async ({ tx }) => {
  const fail = () => Promise.reject(new Error("no"));
  await tx.execute(sql`create temporary table written (word text) on commit drop`);
  const outer = withSavepoint(tx, async (inner) => {
    await inner.execute(sql`insert into written values ('of the outer one')`);
    await withSavepoint(inner, fail).catch(() => {});
    return fail();
  });
  await expect(outer).rejects.toThrow("no");
  expect((await tx.execute(sql`select * from written`)).rows).toEqual([]);
});

test("the application's role can create nothing and rewrite no ledger", async ({ database }) => {
  const app = connect({ connectionString: database.appUrl });
  onTestFinished(() => app.close());
  await expect(app.pool.query("create table mine (id int)")).rejects.toThrow(/permission denied/);
  await expect(app.pool.query("drop table users")).rejects.toThrow(/must be owner/);
  await expect(app.pool.query("update audit_events set action = 'x'")).rejects.toThrow(/permission denied/);
  await expect(app.pool.query("delete from consent_events")).rejects.toThrow(/permission denied/);
  await app.pool.query("select ensure_log_partition(date '2031-05-01')");
});

test("a pool is one to every copy of the module that a bundler makes, so that what fails leaves nothing behind", async ({
  database,
}) => {
  vi.resetModules();
  const copy = await import("./client.ts");
  expect(copy.withTransaction).not.toBe(withTransaction);
  const { db, close } = copy.connect({ connectionString: database.url });
  onTestFinished(close);
  const work = withTransaction(db, async (tx) => {
    await tx.execute(sql`update gym_settings set name = 'half done'`);
    throw new Error("not finished");
  });
  await expect(work).rejects.toThrow("not finished");
  const { rows } = await db.execute<{ name: string }>(sql`select name from gym_settings`);
  expect(rows).not.toMatchObject([{ name: "half done" }]);
});
