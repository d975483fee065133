import { createLog } from "#lib/log";
import type { Provider } from "#messaging/provider";
import { migrateQueue } from "#worker/connection";
import { startWorker } from "#worker/start";
import type { TestDatabase } from "./database.ts";

/** A worker in this process, on Redis if there is an address, else on the database. */
export async function startTestWorker(
  database: Pick<TestDatabase, "url" | "appUrl">,
  { email, redisUrl, reconcileMs = 200 }: { email: Provider; redisUrl?: string; reconcileMs?: number },
) {
  await migrateQueue(database.url, "app");
  return startWorker({
    databaseUrl: database.appUrl,
    redisUrl,
    email,
    reconcileMs,
    links: { appUrl: "https://app.example", unsubscribeUrl: (id) => `https://app.example/unsubscribe/${id}` },
    log: createLog({ name: "worker", level: process.env.TEST_LOG ?? "silent" }),
  });
}
