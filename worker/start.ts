import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Bell, bellChannel, bells } from "#db/bells";
import { connect } from "#db/client";
import { listen } from "#db/listen";
import { countFigures } from "#db/queries/count-figures";
import { listDueBells } from "#db/queries/due-work";
import { deleteHeartbeat, writeHeartbeat } from "#db/queries/heartbeats";
import { readClock } from "#engine/clock";
import type { Log } from "#lib/log";
import { applyAllParked, parkUnreadable } from "#messaging/events/parked-events";
import type { MessageLinks } from "#messaging/fill-messages";
import type { Provider } from "#messaging/provider";
import { createCarrier } from "./carrier.ts";
import { createClockWatch } from "./clock-watch.ts";
import { processors, type Work } from "./processors.ts";
import { reconcileProviders } from "./reconcile-providers.ts";
import { repeat } from "./repeat.ts";
import { createSchemaGate } from "./schema-gate.ts";
import { singleFlight } from "./single-flight.ts";
import { tellComplaints } from "./tell-complaints.ts";

type WorkerOptions = {
  databaseUrl: string;
  redisUrl?: string;
  email: Provider;
  sms: Provider;
  links: MessageLinks;
  log: Log;
  leaseMs?: number;
  /** Runs of one claim at most; 500 unless said. */
  batchSize?: number;
  /** How often to look for due work that nobody was rung for. */
  reconcileMs?: number;
  /** Told once, with the migrations that the database lacks. The worker touches nothing then. */
  onOutdatedSchema?: (missing: string[]) => void;
};

/** Longer than any provider may take to answer: whoever is asked then is heard. */
const stopWithinMs = 28_000;
const unref = { ref: false };

/**
 * Starts a worker. It needs neither the database nor the queue to be there yet, and survives both going away: bells
 * that the queue cannot carry are answered here.
 */
export function startWorker(options: WorkerOptions): { stop(): Promise<void> } {
  const { databaseUrl, redisUrl, log, leaseMs = 30_000, reconcileMs = 2_000 } = options;
  const workerId = randomUUID();
  let isStopping = false;

  const onConnectionLost = (err: Error) => log.warn({ err }, "a database connection was lost");
  const database = connect({ connectionString: databaseUrl, applicationName: "worker", onConnectionLost });
  const ring = (bell: Bell) => carrier.ring(bell);
  const work: Work = {
    ...options,
    db: database.db,
    leaseMs,
    shouldStop: () => isStopping,
    ring,
    clockWatch: createClockWatch(),
    toldSteps: new Set(),
  };
  const flights = Object.fromEntries(bells.map((bell) => [bell, singleFlight(() => processors[bell](work))])) as Record<
    Bell,
    ReturnType<typeof singleFlight>
  >;
  const schema = createSchemaGate(database.db, (missing) => options.onOutdatedSchema?.(missing));
  /** Never throws: what failed is still due in the tables, and the next tick finds it. */
  const answer = async (bell: Bell) => {
    if (!isStopping && (await schema.isOpen().catch(() => false))) {
      await flights[bell]
        .fly()
        .catch((err: unknown) => log.error({ err, bell }, "work failed and will be tried again"));
    }
  };

  const carrier = createCarrier({ redisUrl, databaseUrl, log, answer });
  const listener = listen({
    connectionString: databaseUrl,
    channel: bellChannel,
    onMessage: (payload) => bells.includes(payload as Bell) && ring(payload as Bell),
  });

  let overdue = new Set<Bell>();
  const reconcile = repeat(reconcileMs, log, async () => {
    const due = await listDueBells(database.db);
    for (const bell of due) {
      // Due at two ticks in a row and taken by nobody: the queue does not carry, so it is done without it.
      if (overdue.has(bell) && !flights[bell].isFlying) {
        void answer(bell);
      } else {
        ring(bell);
      }
    }
    overdue = new Set(due);
  });
  let isFirstLook = true;
  const events = repeat(60_000, log, async () => {
    if (!isStopping && (await schema.isOpen().catch(() => false))) {
      const clock = await readClock(database.db);
      if (isFirstLook) {
        await parkUnreadable(database.db, clock);
        isFirstLook = false;
      }
      const { unreadable } = await applyAllParked(database.db, clock);
      if (unreadable > 0) {
        log.error({ unreadable }, "what a provider told could not be read: is this worker older than the others?");
      }
      await tellComplaints(database.db, clock, log);
    }
  });
  const nightly = repeat(60_000, log, async () => {
    if (!isStopping && (await schema.isOpen().catch(() => false))) {
      await reconcileProviders(work);
    }
  });
  const figures = repeat(60_000, log, async () => {
    if (!isStopping && (await schema.isOpen().catch(() => false))) {
      await countFigures(database.db, await readClock(database.db));
    }
  });
  const heartbeat = repeat(5_000, log, async () => {
    const isQueueReachable = await carrier.keep();
    await writeHeartbeat(database.db, workerId, isQueueReachable);
  });
  log.info({ workerId }, "worker started");

  return {
    async stop() {
      isStopping = true;
      reconcile.stop();
      events.stop();
      nightly.stop();
      figures.stop();
      heartbeat.stop();
      const inFlight = Promise.allSettled(bells.map((bell) => flights[bell].landed()));
      const closed = Promise.allSettled([inFlight, carrier.stopListening(), listener.stop()]).then(() => true);
      const isClosed = await Promise.race([closed, wait(stopWithinMs, false, unref)]);
      await Promise.race([deleteHeartbeat(database.db, workerId).catch(() => {}), wait(1_000, undefined, unref)]);
      if (isClosed) {
        await carrier.close();
        await Promise.race([database.close(), wait(1_000, undefined, unref)]);
      }
      log.info({ workerId }, "worker stopped");
    },
  };
}
