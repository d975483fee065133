import type { Db } from "#db/client";
import { type QueueState, readQueueState } from "#db/queries/health";
import { getLog } from "./log.ts";

type Readiness = { database: "ok" | "failed"; queue: QueueState };

const answerWithinMs = 2_000;

/** The pages need the database alone: a queue that is away delays what workers do and no more. */
export async function readReadiness(db: Db, now: Date): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The database did not answer in time")), answerWithinMs);
  });
  try {
    return { database: "ok", queue: await Promise.race([readQueueState(db, now), tooLong]) };
  } catch (error) {
    getLog().warn({ err: error }, "the database does not answer");
    return { database: "failed", queue: "unknown" };
  } finally {
    clearTimeout(timer);
  }
}
