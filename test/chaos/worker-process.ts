import { createLog } from "#lib/log";
import { startWorker } from "#worker/start";
import { createFaultyClient } from "./provider-client.ts";

/** What the harness tells a worker when its turn comes; until then it is loaded and does nothing. */
export type Orders = {
  databaseUrl: string;
  redisUrl?: string;
  providerUrl: string;
  leaseMs: number;
  /** Runs of one claim, and messages of one hand-over. */
  batchSize: number;
  /** Where to end, by its name: see failpoints.ts. */
  failpoint?: string;
};

declare global {
  var failpoint: ((name: string, isReached?: boolean) => void) | undefined;
}

/** A worker process to be killed: the product's own worker, with the faulty provider for its way out. */
function start({ databaseUrl, redisUrl, providerUrl, leaseMs, batchSize, failpoint }: Orders) {
  if (failpoint) {
    globalThis.failpoint = (name, isReached = true) => {
      if (name === failpoint && isReached) {
        process.kill(process.pid, "SIGKILL");
      }
    };
  }
  const worker = startWorker({
    databaseUrl,
    redisUrl,
    email: createFaultyClient(providerUrl, "email", batchSize),
    sms: createFaultyClient(providerUrl, "sms", batchSize),
    links: { appUrl: "https://app.example", unsubscribeUrl: (id) => `https://app.example/unsubscribe/${id}` },
    log: createLog({ name: "worker", level: process.env.CHAOS_LOG ?? "silent" }),
    leaseMs,
    batchSize,
    reconcileMs: 200,
  });
  process.once("SIGTERM", () => void worker.stop().finally(() => process.exit(0)));
}

process.once("message", (orders) => start(orders as Orders));
process.once("disconnect", () => process.exit());
process.send?.("loaded");
