import { createLog } from "#lib/log";
import type { Provider } from "#messaging/provider";
import { createOutbox } from "#messaging/providers/outbox";
import { migrateQueue } from "#worker/connection";
import { startWorker } from "#worker/start";
import type { TestDatabase } from "./database.ts";

type Options = {
  email: Provider;
  redisUrl?: string;
  reconcileMs?: number;
  onOutdatedSchema?: (missing: string[]) => void;
};

/** A worker in this process, on Redis if there is an address, else on the database, as that is. */
export function startWorkerOn(
  { appUrl }: Pick<TestDatabase, "appUrl">,
  { email, redisUrl, reconcileMs = 200, onOutdatedSchema }: Options,
) {
  return startWorker({
    databaseUrl: appUrl,
    redisUrl,
    email,
    sms: createOutbox("sms"),
    reconcileMs,
    onOutdatedSchema,
    leaseMs: 3_000,
    links: { appUrl: "https://app.example", unsubscribeUrl: (id) => `https://app.example/unsubscribe/${id}` },
    log: createLog({ name: "worker", level: process.env.TEST_LOG ?? "silent" }),
  });
}

/** The same, with the tables that the queue needs. */
export async function startTestWorker(database: Pick<TestDatabase, "url" | "appUrl">, options: Options) {
  await migrateQueue(database.url, "app");
  return startWorkerOn(database, options);
}
