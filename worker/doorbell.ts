import type { Queue } from "bullmq";
import type { Bell } from "#db/bells";
import type { Log } from "#lib/log";

/** Redis that is away makes an unanswered `add` wait for ever: a ring gives up instead, and the reconcile tick makes it good. */
const ringTimeoutMs = 1_000;

export function createDoorbell(queue: Queue, log: Log) {
  let isReachable = true;

  async function answersInTime(call: Promise<unknown>): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), ringTimeoutMs);
    });
    const isAnswered = await Promise.race([
      call.then(
        () => true,
        (err: unknown) => {
          log.debug({ err }, "the queue refused");
          return false;
        },
      ),
      timeout,
    ]);
    clearTimeout(timer);
    if (isAnswered !== isReachable) {
      log[isAnswered ? "info" : "warn"](isAnswered ? "the queue answers again" : "the queue does not answer");
    }
    isReachable = isAnswered;
    return isAnswered;
  }

  return {
    get isReachable() {
      return isReachable;
    },
    /** Whether the queue took it. */
    ring: (bell: Bell) => answersInTime(queue.add(bell, {})),
    /** A queue that was emptied has lost its schedule too: this puts it back, and says whether the queue answers. */
    keepSchedule: () =>
      answersInTime(queue.upsertJobScheduler("sweep-tick", { every: 60_000 }, { name: "sweep" satisfies Bell })),
  };
}
