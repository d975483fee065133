import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import type { Plugin } from "esbuild";
import type { Db } from "#db/client";
import { bundle } from "../support/bundle.ts";
import { createCrew } from "./crew.ts";
import { type Faults, startFaultyProvider, usualFaults } from "./faulty-provider.ts";
import { openGym } from "./gym.ts";
import { judge } from "./judge.ts";
import { type Backend, createGymDatabase, type PostgresServer, persist, startFragileRedis } from "./servers.ts";
import type { Orders } from "./worker-process.ts";

/** How much faster the gym's clock runs than ours: a wait of a minute takes 1.5 s, the longest pause between two tries 45 s. */
const speed = 40;

export type Scene = Awaited<ReturnType<typeof setScene>>;

type SceneOptions = {
  backend: Backend;
  seed: number;
  /** On our own clock. */
  leaseMs: number;
  batchSize?: number;
  providerFaults?: Faults;
  /** How wrong the clocks of the workers' machines are, in milliseconds, one after the other in turn. */
  clocksOffByMs?: number[];
  plugins?: Plugin[];
};

/** A gym with its database, queue, provider and workers, all of them its own. */
export async function setScene(postgres: PostgresServer, options: SceneOptions) {
  const { backend, seed, leaseMs, batchSize = 50, providerFaults = usualFaults, clocksOffByMs, plugins } = options;
  const directory = mkdtempSync(path.join(tmpdir(), "retention-chaos-"));
  const witnessFile = path.join(directory, "witness.jsonl");
  const databaseName = `chaos_${backend}_${Date.now()}`;
  const { db, close } = await createGymDatabase(postgres, databaseName, speed);
  const redis = backend === "redis" ? await startFragileRedis() : undefined;
  const provider = await startFaultyProvider(witnessFile, seed, providerFaults);
  const script = await bundle("test/chaos/worker-process.ts", { plugins });
  const orders: Orders = {
    databaseUrl: postgres.url(databaseName, "app"),
    redisUrl: redis?.url,
    providerUrl: provider.url,
    leaseMs: leaseMs * speed,
    batchSize,
  };
  const crew = createCrew<Orders>({ script, clocksOffByMs });
  const { workflowId } = await openGym(db);
  return {
    db,
    databaseName,
    redis,
    provider,
    orders,
    crew,
    workflowId,
    judge: (members: number) => judge(db, witnessFile, members),
    async strike(): Promise<void> {
      await crew.disband();
      await provider.stop();
      await close();
      await redis?.stop();
      rmSync(directory, { recursive: true, force: true });
      rmSync(script, { force: true });
    },
  };
}

type Open = { runs: number; messages: number; requests: number; events: number };

/** Waits until nothing is owed to anybody. Answers what still is when the time is over, null if all is well. */
export async function waitForTheEnd(db: Db, withinMs: number): Promise<(Open & { examples: unknown[] }) | null> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const { rows } = await persist(() =>
      db.execute<Open>(sql`
        select (select count(*)::int from workflow_runs where ended_at is null) as runs,
               (select count(*)::int from communication_logs where status = 'queued') as messages,
               (select count(*)::int from requests where finished_at is null) as requests,
               (select count(*)::int from member_events where handled_at is null) as events`),
    );
    const [open] = rows;
    if (open && Object.values(open).every((count) => count === 0)) {
      return null;
    }
    if (Date.now() > deadline) {
      return open ? { ...open, examples: await readOpen(db) } : null;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Some of what is still owed, with all that tells what it waits for. Seconds are the gym's. */
async function readOpen(db: Db): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    (select 'message ' || id as what, status, attempts, extract(epoch from due_at - clock_timestamp())::int as "dueIn",
            extract(epoch from lease_until - clock_timestamp())::int as "leasedFor",
            extract(epoch from clock_timestamp() - queued_at)::int as "queuedFor", error_message as error
     from communication_logs where status = 'queued' order by id limit 5)
    union all
    (select 'run ' || id, status, attempts, extract(epoch from due_at - clock_timestamp())::int,
            extract(epoch from lease_until - clock_timestamp())::int,
            extract(epoch from clock_timestamp() - started_at)::int, null
     from workflow_runs where ended_at is null order by id limit 5)`);
  return rows;
}
