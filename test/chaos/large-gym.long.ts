import { existsSync, readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { writeSessionCookie } from "#app/_server/session-cookie";
import { type Db, withTransaction } from "#db/client";
import { recordMemberEvents } from "#db/queries/members";
import { startSession } from "#db/queries/sessions";
import { readClock } from "#engine/clock";
import { one } from "#lib/rows";
import { findFreePort } from "#scripts/embedded-postgres";
import { startProcess, untilReady } from "../security/own-process.ts";
import { createMember, createWorkflow } from "../support/factories.ts";
import { startRedis } from "../support/redis.ts";
import { createPerson, secret } from "../support/sign-in.ts";
import { until } from "../support/until.ts";
import { createGymDatabase, startPostgres } from "./servers.ts";

const workflows = 10;
const silentMembers = 10_000;
const pages = ["/admin/workflows", "/admin/logs", "/admin/logs/messages"];

test("G23, E94: 100,000 members and ten workflows are swept while the admin's pages answer, and nobody waits long for them", {
  timeout: 600_000,
}, async ({ onTestFinished }) => {
  expect(existsSync(".next/BUILD_ID"), "npm run build first: the pages are those of production").toBe(true);
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const { db, close } = await createGymDatabase(postgres, "large");
  onTestFinished(close);
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  await fill(db);
  const cookie = await signInAdmin(db);

  const port = await findFreePort();
  const server = `http://localhost:${port}`;
  const env = {
    DATABASE_URL: postgres.url("large", "app"),
    REDIS_URL: redis.url,
    APP_URL: server,
    AUTH_SECRET: secret,
    PORT: String(port),
    LOG_LEVEL: "warn",
  };
  const web = startProcess("scripts/web.ts", env);
  onTestFinished(() => web.stop());
  const ask = async (page: string) => {
    const begun = performance.now();
    const response = await fetch(`${server}${page}`, { headers: { cookie }, redirect: "manual" });
    await response.text();
    expect(response.status).toBe(200);
    return performance.now() - begun;
  };
  await until(
    () =>
      fetch(`${server}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    Boolean,
    60_000,
  );
  for (const page of pages) {
    await ask(page);
  }

  const worker = startProcess("worker/main.ts", env);
  onTestFinished(() => worker.stop());
  const begun = performance.now();
  const took: number[] = [];
  for (let isSwept = false; !isSwept; ) {
    took.push(await ask(pages[took.length % pages.length] ?? ""));
    isSwept = (await countSwept(db)) === workflows;
  }
  const seconds = (performance.now() - begun) / 1000;
  await untilReady(server);
  await until(
    () => countWaiting(db),
    (waiting) => waiting === workflows * silentMembers,
    120_000,
  );

  // Their waits end, and all of them owe a step when somebody joins.
  await db.execute(sql`update workflow_runs set due_at = now() - interval '1 minute'`);
  const memberId = await join(db);
  const joinedAt = performance.now();
  await until(() => isWelcome(db, memberId), Boolean, 120_000);
  const newcomerSeconds = (performance.now() - joinedAt) / 1000;
  const stillWaiting = await countWaiting(db);

  const memory = await redis.client.info("memory");
  const figures = {
    seconds,
    newcomerSeconds,
    stillWaiting,
    pages: took.length,
    p95Ms: took.sort((a, b) => a - b)[Math.ceil(took.length * 0.95) - 1],
    workerMiB: Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${worker.pid}/status`, "utf8"))?.[1]) / 1024,
    redisMiB: Number(/used_memory_peak:(\d+)/.exec(memory)?.[1]) / 1024 ** 2,
  };
  console.log(JSON.stringify(figures));
  expect(figures.seconds).toBeLessThanOrEqual(30);
  expect(figures.newcomerSeconds).toBeLessThanOrEqual(60);
  expect(figures.p95Ms).toBeLessThanOrEqual(300);
  expect(figures.workerMiB).toBeLessThanOrEqual(350);
  expect(figures.redisMiB).toBeLessThanOrEqual(64);
});

/** One member in ten has not come for long: each workflow starts for all of these, and lets them wait. */
async function fill(db: Db) {
  await db.execute(sql`
    insert into users (first_name, email, join_date)
    select 'M', n || '@example.com', current_date - 400 from generate_series(1, 100000) n`);
  await db.execute(sql`
    insert into member_stats (member_id, first_visit_on, last_visit_on, last_visit_at, visits_total)
    select id, current_date - 390, current_date - days, now() - make_interval(days => days), 40
    from users, lateral (select case when id % 10 = 0 then 60 else id % 7 end::int as days) silence
    on conflict (member_id) do update set last_visit_on = excluded.last_visit_on, last_visit_at = excluded.last_visit_at,
      first_visit_on = excluded.first_visit_on, visits_total = excluded.visits_total`);
  await db.execute(sql`update gym_settings set sweep_time = '00:00', brake_min_runs = 1000000`);
  for (let number = 0; number < workflows; number++) {
    await createWorkflow(db, {
      trigger: { type: "low_engagement", params: { inactive_days: 30 } },
      steps: [
        { id: 1, wait: { days: 30 } },
        { id: 2, action: { type: "add_tag", params: { tag: "silent" } } },
      ],
    });
  }
  await db.execute(sql`update automation_workflows set enabled_at = now() - interval '1 day'`);
  await db.execute(sql`analyze`);
}

/** Somebody joins, and is owed a welcome. */
async function join(db: Db): Promise<number> {
  await createWorkflow(db, {
    trigger: { type: "new_member_welcome", params: { days_since_join: 0 } },
    steps: [{ id: 1, action: { type: "add_tag", params: { tag: "new" } } }],
  });
  const { now, today } = await readClock(db);
  const { id } = await createMember(db, { joinDate: today });
  await withTransaction(db, (tx) => recordMemberEvents(tx, [{ memberId: id, type: "joined" }], now));
  return id;
}

async function isWelcome(db: Db, memberId: number): Promise<boolean> {
  const { rows } = await db.execute(
    sql`select from automation_logs where member_id = ${memberId} and outcome = 'done'`,
  );
  return rows.length > 0;
}

async function signInAdmin(db: Db): Promise<string> {
  const { userId } = await createPerson(db, "admin");
  const token = "t".repeat(32);
  await startSession(db, {
    ...{ userId, token, address: null, userAgent: null },
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return `session=${encodeURIComponent(await writeSessionCookie(token, secret))}`;
}

async function countSwept(db: Db): Promise<number> {
  const { rows } = await db.execute<{ swept: number }>(sql`select count(*)::int as swept from swept_days`);
  return one(rows).swept;
}

async function countWaiting(db: Db): Promise<number> {
  const { rows } = await db.execute<{ waiting: number }>(
    sql`select count(*)::int as waiting from workflow_runs where status = 'waiting'`,
  );
  return one(rows).waiting;
}
