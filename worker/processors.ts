import type { Bell } from "#db/bells";
import type { Db } from "#db/client";
import { ensureLogPartitions } from "#db/queries/log-partitions";
import { readClock } from "#engine/clock";
import { stopRuns } from "#engine/end-stopped";
import { handleEvents } from "#engine/handle-events";
import { handleRequests } from "#engine/handle-requests";
import { runDueSteps } from "#engine/run-due-steps";
import { sweepIfDue } from "#engine/sweep";
import { runImports } from "#importing/run-imports";
import type { Clock } from "#lib/clock";
import type { Log } from "#lib/log";
import { answerLookUps } from "#messaging/answer-look-ups";
import { deliverDue, type PauseNews } from "#messaging/deliver";
import type { MessageLinks } from "#messaging/fill-messages";
import { createTextFiller } from "#messaging/fill-texts";
import type { Provider } from "#messaging/provider";
import type { createClockWatch } from "./clock-watch.ts";
import { sendDigests } from "./send-digests.ts";

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

/** The gym's clock for what goes by the calendar; null as long as it cannot be believed. */
async function readCalendar({ db, log, clockWatch }: Work): Promise<Clock | null> {
  const clock = await readClock(db);
  const tell = () =>
    log.error(
      { now: clock.now },
      "the database's clock jumped ahead: no sweep and no digest until it stays for an hour",
    );
  return clockWatch.isCredible(clock.now, tell) ? clock : null;
}

/** What each bell means. Every one of them looks for what is due, and may be rung at any time. */
export const processors: Record<Bell, (work: Work) => Promise<void>> = {
  async sweep(work) {
    const { db, log, ring } = work;
    const clock = await readCalendar(work);
    if (!clock) {
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

  async look_ups({ db, log, email, sms, shouldStop }) {
    const onFailure = (requestId: number, err: unknown) => log.error({ requestId, err }, "a look-up failed");
    await answerLookUps(db, () => readClock(db), { providers: [email, sms], onFailure, shouldStop });
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

  async imports({ db, log, leaseMs, shouldStop, ring }) {
    const onFailure = (importId: number, err: unknown) => log.error({ importId, err }, "an import failed");
    if ((await runImports(db, () => readClock(db), { leaseMs, shouldStop, onFailure })) > 0) {
      ring("events");
    }
  },

  async digests(work) {
    const clock = await readCalendar(work);
    if (clock) {
      const digests = await sendDigests(work.db, clock, work.links.appUrl);
      work.log.info({ digests }, "the staff's digests are queued");
    }
  },

  async deliver({ db, log, email, sms, links, leaseMs, shouldStop }) {
    const onPause = ({ error, ...pause }: PauseNews) =>
      log.error({ ...pause, err: error }, "the provider takes no messages: they wait until its account is well again");
    const options = { email, sms, links, stopRuns, leaseMs, shouldStop, onPause };
    await deliverDue(db, () => readClock(db), options);
  },
};
