import type { Bell } from "#db/bells";
import type { Db } from "#db/client";
import { ensureLogPartitions } from "#db/queries/log-partitions";
import { readClock } from "#engine/clock";
import { stopRuns } from "#engine/end-stopped";
import { handleEvents } from "#engine/handle-events";
import { handleRequests } from "#engine/handle-requests";
import { runDueSteps } from "#engine/run-due-steps";
import { sweepIfDue } from "#engine/sweep";
import type { Log } from "#lib/log";
import { deliverDue } from "#messaging/deliver";
import type { MessageLinks } from "#messaging/fill-messages";
import { createTextFiller } from "#messaging/fill-texts";
import type { Provider } from "#messaging/provider";
import type { createClockWatch } from "./clock-watch.ts";

type ClockWatch = ReturnType<typeof createClockWatch>;

export type Work = {
  db: Db;
  log: Log;
  email: Provider;
  sms: Provider;
  links: MessageLinks;
  leaseMs: number;
  batchSize?: number;
  shouldStop: () => boolean;
  ring: (bell: Bell) => void;
  clockWatch: ClockWatch;
  /** The unknown steps that the log has told of: each once is enough. */
  toldSteps: Set<string>;
};

/** What each bell means. Every one of them looks for what is due, and may be rung at any time. */
export const processors: Record<Bell, (work: Work) => Promise<void>> = {
  async sweep({ db, log, ring, clockWatch }) {
    const clock = await readClock(db);
    const tell = () =>
      log.error({ now: clock.now }, "the database's clock jumped ahead: nothing is swept until it stays for an hour");
    if (!clockWatch.isCredible(clock.now, tell)) {
      return;
    }
    await ensureLogPartitions(db, clock.today);
    await sweepIfDue(db, clock, ({ id, needsAttention, ...counts }) => {
      log.info({ workflowId: id, problems: needsAttention.length, ...counts }, "swept");
      ring("steps");
    });
  },

  async requests({ db, log, shouldStop, ring }) {
    const onFailure = (requestId: number, err: unknown) => log.error({ requestId, err }, "a request failed");
    if ((await handleRequests(db, await readClock(db), { onFailure, shouldStop })) > 0) {
      ring("steps");
    }
  },

  async events({ db, shouldStop, ring }) {
    const { started } = await handleEvents(db, await readClock(db), shouldStop);
    if (started > 0) {
      ring("steps");
    }
  },

  async steps({ db, log, links, leaseMs, batchSize, shouldStop, ring, toldSteps }) {
    await runDueSteps(db, () => readClock(db), {
      limit: batchSize,
      leaseMs,
      fillText: createTextFiller(links),
      shouldStop,
      afterBatch: () => ring("deliver"),
      onUnknownStep: (step) => {
        const key = `${step.versionId}/${step.stepId}`;
        if (!toldSteps.has(key)) {
          toldSteps.add(key);
          log.error(
            step,
            "runs wait for a step that this program does not know: is this worker older than the others?",
          );
        }
      },
    });
  },

  async deliver({ db, email, sms, links, leaseMs, shouldStop }) {
    const options = { email, sms, links, stopRuns, leaseMs, shouldStop };
    await deliverDue(db, () => readClock(db), options);
  },
};
