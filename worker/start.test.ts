import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished } from "vitest";
import { ringBell } from "#db/bells";
import type { Db } from "#db/client";
import { automationWorkflows, notifications } from "#db/schema/index";
import { readClock } from "#engine/clock";
import { requestRunNow, switchOn } from "#engine/switching";
import { test } from "../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox } from "../test/support/journey.ts";
import { copyEverything, readEverything, restoreEverything, startRedis } from "../test/support/redis.ts";
import { until } from "../test/support/until.ts";
import { startTestWorker, startWorkerOn } from "../test/support/worker.ts";

/** An absent member, and a workflow that notifies, mails and tags. */
async function prepare(db: Db) {
  await db.execute(
    sql`truncate users, automation_workflows, workflow_runs, member_workflow_state, baselines, communication_templates cascade`,
  );
  const member = await createMember(db, { visits: ["2026-01-01"] });
  const email = await createTemplate(db);
  const inApp = await createTemplate(db, { channel: "in_app" });
  const workflow = await createWorkflow(db, {
    isEnabled: false,
    steps: [
      { id: 1, action: { type: "send_in_app_notification", params: { template_id: inApp.id } } },
      { id: 2, action: { type: "send_email", params: { template_id: email.id } } },
      { id: 3, action: { type: "add_tag", params: { tag: "absent" } } },
    ],
  });
  return { member, workflow };
}

const endedRuns = (db: Db) =>
  db.execute<{ ended: number }>(
    sql`select count(*) filter (where ended_at is not null)::int as ended from workflow_runs`,
  );

test.for(["redis", "postgres"] as const)(
  "on %s, what is asked for in the browser is done at once",
  async (kind, { database }) => {
    const { db } = database;
    const { member, workflow } = await prepare(db);
    const redis = kind === "redis" ? await startRedis() : undefined;
    const mailbox = createMailbox();
    // So long that only the bell can be what woke it.
    const worker = await startTestWorker(database, {
      email: mailbox.provider,
      redisUrl: redis?.url,
      reconcileMs: 60_000,
    });
    onTestFinished(async () => {
      await worker.stop();
      await redis?.stop();
    });
    await until(
      () => db.execute(sql`select 1 from worker_heartbeats where is_queue_reachable`),
      ({ rows }) => rows.length === 1,
    );
    await switchOn(db, { workflowId: workflow.id, includeCurrent: true, actorId: null }, await readClock(db));
    await until(
      () => mailbox.taken(),
      (taken) => taken.length === 1,
    );
    const delivered = await until(
      () => db.select().from(notifications),
      (rows) => rows.length === 1,
    );
    expect(delivered).toMatchObject([{ memberId: member.id }]);
    const { rows } = await db.execute(sql`select result ->> 'started' as started, error from requests`);
    expect(rows).toEqual([{ started: "1", error: null }]);
    const kept = redis ? await readEverything(redis.client) : "";
    expect(kept).not.toMatch(/example\.com|Ada|absent/);
  },
);

test("G27: a queue that is away delays nothing for good: work is done without it, and through it once it is back", async ({
  database,
}) => {
  const { db } = database;
  const { workflow } = await prepare(db);
  const mailbox = createMailbox();
  const redis = await startRedis();
  await redis.stop();
  const worker = await startTestWorker(database, { email: mailbox.provider, redisUrl: redis.url });
  onTestFinished(() => worker.stop());
  await switchOn(db, { workflowId: workflow.id, includeCurrent: true, actorId: null }, await readClock(db));
  await until(
    () => mailbox.taken(),
    (taken) => taken.length === 1,
  );

  const again = await startRedis(redis.port);
  onTestFinished(() => again.stop());
  await until(
    () => db.execute(sql`select 1 from worker_heartbeats where is_queue_reachable`),
    ({ rows }) => rows.length === 1,
  );
});

test("connections that are cut, and a queue that is emptied, lose nothing", async ({ database }) => {
  const { db } = database;
  const { workflow } = await prepare(db);
  const redis = await startRedis();
  const mailbox = createMailbox();
  const worker = await startTestWorker(database, { email: mailbox.provider, redisUrl: redis.url });
  onTestFinished(async () => {
    await worker.stop();
    await redis.stop();
  });
  await db.execute(
    sql`insert into users (first_name, email, join_date) select 'M', n || '@example.com', '2020-01-01' from generate_series(1, 200) n`,
  );
  await switchOn(db, { workflowId: workflow.id, includeCurrent: true, actorId: null }, await readClock(db));
  for (let round = 0; round < 10; round++) {
    await db.execute(sql`
      select pg_terminate_backend(pid), pg_sleep(0.02) from pg_stat_activity where datname = current_database() and usename = 'app'`);
    await redis.client.flushall();
  }
  await until(
    () => endedRuns(db),
    ({ rows }) => rows[0]?.ended === 201,
  );
  await until(
    () => db.select().from(notifications),
    (rows) => rows.length === 201,
  );
});

test("E97: a queue older than the database, as from a copy, has nothing done twice", async ({ database }) => {
  const { db } = database;
  const { workflow } = await prepare(db);
  const redis = await startRedis();
  const mailbox = createMailbox();
  const first = await startTestWorker(database, { email: mailbox.provider, redisUrl: redis.url });
  await switchOn(db, { workflowId: workflow.id, includeCurrent: true, actorId: null }, await readClock(db));
  const copy = await until(
    () => copyEverything(redis.client),
    (keys) => keys.some(([name]) => /:(wait|active)$/.test(name)),
  );
  const ended = (count: number) =>
    until(
      () => endedRuns(db),
      ({ rows }) => rows[0]?.ended === count,
    );
  await ended(1);
  await first.stop();

  await redis.client.flushall();
  await restoreEverything(redis.client, copy);
  await createMember(db, { visits: ["2026-01-01"] });
  const second = await startTestWorker(database, { email: mailbox.provider, redisUrl: redis.url });
  onTestFinished(async () => {
    await second.stop();
    await redis.stop();
  });
  await requestRunNow(db, { workflowId: workflow.id, actorId: null });
  await ended(2);
  await until(
    () => db.execute(sql`select 1 from communication_logs where due_at is not null`),
    ({ rows }) => rows.length === 0,
  );
  expect(mailbox.taken()).toHaveLength(2);
  expect(await db.$count(notifications)).toBe(2);
});

test("a worker that is told to stop leaves no lease behind, and another finishes its work", {
  timeout: 60_000,
}, async ({ database }) => {
  const { db } = database;
  const { workflow } = await prepare(db);
  await db.execute(
    sql`insert into users (first_name, join_date) select 'M', '2020-01-01' from generate_series(1, 3000)`,
  );
  const first = await startTestWorker(database, { email: createMailbox().provider });
  await switchOn(db, { workflowId: workflow.id, includeCurrent: true, actorId: null }, await readClock(db));
  await until(
    () => db.execute(sql`select 1 from automation_logs limit 1`),
    ({ rows }) => rows.length === 1,
  );
  const before = performance.now();
  await first.stop();
  expect(performance.now() - before).toBeLessThan(15_000);
  const { rows } = await db.execute(sql`
    select (select count(*)::int from workflow_runs where lease_until > clock_timestamp() and ended_at is null) as runs,
           (select count(*)::int from communication_logs where lease_until > clock_timestamp()) as messages`);
  expect(rows).toEqual([{ runs: 0, messages: 0 }]);

  const second = await startTestWorker(database, { email: createMailbox().provider });
  onTestFinished(() => second.stop());
  await until(
    () => endedRuns(db),
    ({ rows: [row] }) => row?.ended === 3001,
    45_000,
  );
});

test("a workflow that was switched off before its sweep began says so to whoever asked", async ({ database }) => {
  const { db } = database;
  const { workflow } = await prepare(db);
  await switchOn(db, { workflowId: workflow.id, includeCurrent: false, actorId: null }, await readClock(db));
  await requestRunNow(db, { workflowId: workflow.id, actorId: null });
  await db.update(automationWorkflows).set({ isEnabled: false }).where(eq(automationWorkflows.id, workflow.id));
  const worker = await startTestWorker(database, { email: createMailbox().provider });
  onTestFinished(() => worker.stop());
  await ringBell(db, "requests");
  const { rows } = await until(
    () => db.execute(sql`select error from requests where finished_at is not null`),
    (answer) => answer.rows.length === 1,
  );
  expect(rows).toEqual([
    { error: "The workflow was switched off, or changed again and again, before the worker came to it." },
  ]);
});

test("a worker whose queue has no tables does its work without it, and stops when it is told to", async ({
  database,
}) => {
  const { db } = database;
  const { workflow } = await prepare(db);
  await db.execute(sql`drop schema if exists bullmq cascade`);
  const mailbox = createMailbox();
  const worker = startWorkerOn(database, { email: mailbox.provider });
  await switchOn(db, { workflowId: workflow.id, includeCurrent: true, actorId: null }, await readClock(db));
  await until(
    () => mailbox.taken(),
    (taken) => taken.length === 1,
  );
  const before = performance.now();
  await worker.stop();
  expect(performance.now() - before).toBeLessThan(15_000);
});

test("E93: a worker touches nothing of a database that is older than itself, and says which migrations it lacks", async ({
  database,
}) => {
  const { db } = database;
  await prepare(db);
  await db.execute(
    sql`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`,
  );
  const missing = await new Promise<string[]>((resolve) => {
    void startTestWorker(database, { email: createMailbox().provider, onOutdatedSchema: resolve }).then((worker) =>
      onTestFinished(() => worker.stop()),
    );
  });
  expect(missing).toEqual([expect.stringMatching(/^\d{4}_/)]);
  expect((await db.execute(sql`select 1 from workflow_runs where lease_token is not null`)).rows).toEqual([]);
});
