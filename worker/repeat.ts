import type { Log } from "#lib/log";

/** Runs `work` now and again, each round some time after the last has ended. A round that fails is logged once a streak. */
export function repeat(pauseMs: number, log: Log, work: () => Promise<void>): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let hasFailed = false;

  async function round() {
    try {
      await work();
      hasFailed = false;
    } catch (err) {
      if (!hasFailed && !isStopped) {
        log.warn({ err }, "a periodic task failed and will be tried again");
      }
      hasFailed = true;
    }
    if (!isStopped) {
      timer = setTimeout(round, pauseMs);
    }
  }

  void round();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
