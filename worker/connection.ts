import {
  assertSchemaCompatibility,
  type ConnectionOptions,
  createPostgresBackend,
  type Processor,
  Queue,
  runMigrations,
  Worker,
} from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import type { Bell } from "#db/bells";

const queueName = "automation";
/** The schema of BullMQ's own tables where it runs on Postgres. */
const queueSchema = "bullmq";

export type QueueBackend = {
  kind: "redis" | "postgres";
  queue: Queue;
  /** @throws when the queue went away since it was connected; everything must then be connected anew. */
  startWorker(process: Processor, options: { concurrency: number }): Promise<Worker>;
  close(): Promise<void>;
};

const jobOptions = { removeOnComplete: true, removeOnFail: true };
/** A job is a bell: losing count of its stalls must never end it. */
const workerOptions = { maxStalledCount: 1_000_000, stalledInterval: 5_000, lockDuration: 30_000, drainDelay: 1 };

/** The one place that knows what carries the queue: Redis where there is one, else the database itself. */
export async function connectQueue(given: { redisUrl?: string; databaseUrl: string }): Promise<QueueBackend> {
  if (given.redisUrl) {
    return onRedis(given.redisUrl);
  }
  await requireQueueTables(given.databaseUrl);
  return onPostgres(given.databaseUrl);
}

/**
 * BullMQ's worker asks for jobs in a loop without a pause as long as the tables are not there or of another version, and
 * the process does nothing else any more.
 * @throws when the database is away, or its queue has not been migrated.
 */
async function requireQueueTables(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await assertSchemaCompatibility(client, queueSchema);
  } finally {
    await client.end().catch(() => {});
  }
}

function onRedis(url: string): QueueBackend {
  const connect = () =>
    new Redis(url, {
      maxRetriesPerRequest: null,
      // The default grows to 20 s: work would stand still that long after Redis is back.
      retryStrategy: (attempt) => Math.min(attempt * 50, 500),
    });
  const connections = [connect(), connect()];
  const [forQueue, forWorker] = connections as [Redis, Redis];
  for (const connection of connections) {
    connection.on("error", () => {});
  }
  const streams = { events: { maxLen: 100 } };
  const queue = new Queue(queueName, {
    connection: forQueue as ConnectionOptions,
    defaultJobOptions: jobOptions,
    streams,
  });
  return {
    kind: "redis",
    queue,
    startWorker: async (process, { concurrency }) =>
      new Worker(queueName, process, { connection: forWorker as ConnectionOptions, concurrency, ...workerOptions }),
    close: async () => {
      await within(1_000, queue.close());
      for (const connection of connections) {
        connection.disconnect();
      }
    },
  };
}

function onPostgres(connectionString: string): QueueBackend {
  const connect = (max: number) => {
    const pool = new pg.Pool({
      connectionString,
      max,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      // As for our own queries. BullMQ's wait for a job outlives it: a connection that listens runs no statement.
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      options: `-c search_path=${queueSchema}`,
    });
    pool.on("error", () => {});
    pool.on("connect", (client) => client.on("error", () => {}));
    return pool;
  };
  // A worker listens on one connection of its pool for as long as it lives.
  const forQueue = connect(2);
  const forWorker = connect(4);
  const queue = new Queue(queueName, { connection: forQueue, defaultJobOptions: jobOptions }, createPostgresBackend);
  return {
    kind: "postgres",
    queue: queue as unknown as Queue,
    async startWorker(process, { concurrency }) {
      const options = { connection: forWorker, concurrency, ...workerOptions, autorun: false };
      const worker = new Worker(queueName, process, options, createPostgresBackend) as unknown as Worker;
      worker.on("error", () => {});
      try {
        // BullMQ keeps the answer to its first look at the database. Were that a refusal, its worker would ask for jobs
        // and be refused at once, for ever, and leave the process no instant for anything else.
        await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
      } catch (error) {
        await within(1_000, worker.close());
        throw error;
      }
      worker.run().catch(() => {});
      return worker;
    },
    close: async () => {
      await within(1_000, queue.close());
      await within(1_000, Promise.all([forQueue.end(), forWorker.end()]));
    },
  };
}

/** Makes the tables that the queue needs on Postgres. `connectionString` needs the right to create them. */
export async function migrateQueue(connectionString: string, appRole?: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await runMigrations(client, queueSchema);
    // A queue's first job makes a sequence for it, which the application's role may not.
    const { queue, close } = onPostgres(connectionString);
    await queue.add("sweep" satisfies Bell, {});
    await close();
    if (appRole) {
      const role = client.escapeIdentifier(appRole);
      await client.query(`
        grant usage on schema ${queueSchema} to ${role};
        grant select, insert, update, delete on all tables in schema ${queueSchema} to ${role};
        grant usage, select, update on all sequences in schema ${queueSchema} to ${role};
        grant execute on all functions in schema ${queueSchema} to ${role}`);
    }
  } finally {
    await client.end();
  }
}

async function within(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([work.catch(() => {}), timeout]);
  clearTimeout(timer);
}
