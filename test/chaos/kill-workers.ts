import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import type { Db } from "#db/client";
import { readClock } from "#engine/clock";
import { sweep } from "#engine/sweep";
import { createTemplate, createWorkflow } from "../support/factories.ts";
import { startRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";
import { bundleWorker } from "./bundle-worker.ts";
import { createRandom } from "./random.ts";

type Options = { databaseUrl: string; seed: number; runs: number; kills: number; flushes: number };

const workerCount = 3;

/**
 * Kills workers at random moments while runs of three steps (notification, email, tag) go through them, and empties
 * Redis some times. Runs come in small waves, one before each kill, so that every kill falls into work.
 */
export async function killWorkers(db: Db, { databaseUrl, seed, runs, kills, flushes }: Options) {
  const random = createRandom(seed);
  const directory = mkdtempSync(path.join(tmpdir(), "retention-chaos-"));
  const witnessFile = path.join(directory, "witness.jsonl");
  const script = await bundleWorker();
  const redis = await startRedis();
  const workers = new Set<ChildProcess>();
  const startedAt = performance.now();
  let killed = 0;

  const startWorker = async () => {
    const env = { ...process.env, DATABASE_URL: databaseUrl, REDIS_URL: redis.url, WITNESS_FILE: witnessFile };
    const child = fork(script, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    await new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", () => reject(new Error("A worker ended before it had started")));
    });
    workers.add(child);
  };

  try {
    await prepareWorkflow(db);
    await Promise.all(Array.from({ length: workerCount }, startWorker));
    const starting: Promise<void>[] = [];
    for (let round = 0; round < kills; round++) {
      const before = Math.floor((runs * round) / kills);
      await startWave(db, before, Math.floor((runs * (round + 1)) / kills));
      await until(
        () => workers.size,
        (size) => size > 0,
      );
      await pause(random() * 400);
      const victim = [...workers][Math.floor(random() * workers.size)];
      if (victim) {
        workers.delete(victim);
        victim.kill("SIGKILL");
        killed++;
        starting.push(startWorker());
      }
      if (flushes > 0 && round % Math.ceil(kills / flushes) === 0) {
        await redis.client.flushall();
      }
    }
    await Promise.all(starting);
    await until(
      () => countOpen(db),
      ({ runs: open, messages }) => open + messages === 0,
      60_000,
    );
    const seconds = (performance.now() - startedAt) / 1000;
    return { killed, seconds, ...(await judge(db, witnessFile)) };
  } finally {
    for (const worker of workers) {
      worker.kill("SIGKILL");
    }
    await redis.stop();
    rmSync(directory, { recursive: true, force: true });
    rmSync(script, { force: true });
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function prepareWorkflow(db: Db) {
  const email = await createTemplate(db);
  const inApp = await createTemplate(db, { channel: "in_app" });
  await createWorkflow(db, {
    steps: [
      { id: 1, action: { type: "send_in_app_notification", params: { template_id: inApp.id } } },
      { id: 2, action: { type: "send_email", params: { template_id: email.id } } },
      { id: 3, action: { type: "add_tag", params: { tag: "absent" } } },
    ],
  });
}

/** New members who have been away for long, and a sweep that finds them. */
async function startWave(db: Db, from: number, to: number) {
  await db.execute(sql`
    with arrived as (
      insert into users (first_name, email, join_date)
      select 'Member ' || n, 'member-' || n || '@example.com', '2020-01-01' from generate_series(${from + 1}::int, ${to}::int) n
      returning id
    )
    insert into consent_events (member_id, channel, class, is_granted, source)
    select id, 'email', 'marketing', true, 'test' from arrived`);
  await sweep(db, await readClock(db), { noBrake: true });
  await ringBell(db, "steps");
}

async function countOpen(db: Db) {
  const { rows } = await db.execute<{ runs: number; messages: number }>(sql`
    select (select count(*)::int from workflow_runs where ended_at is null) as runs,
           (select count(*)::int from communication_logs where status = 'queued') as messages`);
  return rows[0] ?? { runs: -1, messages: -1 };
}

/** What was lost and what came twice. Of emails the witness is the only judge; the rest are effects members can see. */
async function judge(db: Db, witnessFile: string) {
  const handOvers = readFileSync(witnessFile, "utf8")
    .trim()
    .split("\n")
    .map((line): { key: string; to: string; body: string } => JSON.parse(line));
  const keysByAddress = new Map<string, Set<string>>();
  const bodiesByKey = new Map<string, Set<string>>();
  for (const { key, to, body } of handOvers) {
    keysByAddress.set(to, (keysByAddress.get(to) ?? new Set()).add(key));
    bodiesByKey.set(key, (bodiesByKey.get(key) ?? new Set()).add(body));
  }
  const { rows } = await db.execute<
    Record<"members" | "runs" | "notified" | "notifications" | "tags" | "logs", number>
  >(sql`
    select (select count(*)::int from users) as members,
           (select count(*)::int from workflow_runs where status = 'done') as runs,
           (select count(distinct member_id)::int from notifications) as notified,
           (select count(*)::int from notifications) as notifications,
           (select count(*)::int from member_tags) as tags,
           (select count(*)::int from automation_logs where success) as logs`);
  const [seen] = rows;
  if (!seen) {
    throw new Error("The tables answered nothing");
  }
  const emailed = keysByAddress.size;
  const { rows: oddities } = await db.execute(sql`
    select l.step_id as step, l.outcome, l.reason, l.error_message as error, l.attempt, m.status, m.attempts
    from automation_logs l left join communication_logs m on m.run_id = l.run_id and m.step_id = l.step_id
    where not l.success limit 5`);
  return {
    members: seen.members,
    lost: 4 * seen.members - seen.runs - seen.notified - seen.tags - emailed,
    doubled: seen.notifications - seen.notified + bodiesByKey.size - emailed,
    changedBodies: [...bodiesByKey.values()].filter(({ size }) => size > 1).length,
    successLogs: seen.logs,
    oddities,
    replaysAbsorbed: handOvers.length - bodiesByKey.size,
  };
}
