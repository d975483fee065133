import type { Worker } from "bullmq";
import { type Bell, bells } from "#db/bells";
import type { Log } from "#lib/log";
import { connectQueue, type QueueBackend } from "./connection.ts";
import { createDoorbell } from "./doorbell.ts";

type Options = { redisUrl?: string; databaseUrl: string; log: Log; answer: (bell: Bell) => Promise<void> };

type Opened = { backend: QueueBackend; doorbell: ReturnType<typeof createDoorbell>; worker: Worker };

/** The queue as a worker uses it: opened once it can be, and until then every bell is answered right here. */
export function createCarrier({ redisUrl, databaseUrl, log, answer }: Options) {
  let opening: Promise<Opened> | undefined;
  let opened: Opened | undefined;
  let isStopped = false;
  let isWarned = false;

  async function open(): Promise<Opened> {
    const backend = await connectQueue({ redisUrl, databaseUrl });
    backend.queue.on("error", (err) => log.debug({ err }, "queue"));
    const listenTo = async ({ name }: { name: string }) => answer(name as Bell);
    const worker = await backend.startWorker(listenTo, { concurrency: bells.length }).catch(async (error) => {
      await backend.close();
      throw error;
    });
    worker.on("error", (err) => log.debug({ err }, "queue worker"));
    worker.on("failed", (_job, err) => log.warn({ err }, "a bell was lost"));
    log.info({ queue: backend.kind }, "the queue is open");
    return { backend, worker, doorbell: createDoorbell(backend.queue, log) };
  }

  return {
    ring(bell: Bell): void {
      void (opened ? opened.doorbell.ring(bell) : answer(bell));
    },
    /** Opens the queue, or puts back the schedule of one that was emptied. Answers whether the queue can be used. */
    async keep(): Promise<boolean> {
      if (!opened && !isStopped) {
        try {
          opening = open();
          opened = await opening;
        } catch (err) {
          opening = undefined;
          log[isWarned ? "debug" : "warn"]({ err }, "the queue cannot be used; work goes on without it");
          isWarned = true;
          return false;
        }
      }
      return opened?.doorbell.keepSchedule() ?? false;
    },
    /** Takes no more bells; settles when those taken are answered. */
    async stopListening(): Promise<void> {
      isStopped = true;
      const begun = await opening?.catch(() => undefined);
      await begun?.worker.close();
    },
    /** Only after the listening has stopped: a worker without its connections asks for jobs without a pause. */
    close: async () => opened?.backend.close(),
  };
}
