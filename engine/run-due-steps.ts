import type { Db } from "#db/client";
import { isStatementTimeout } from "#db/errors";
import { releaseRuns } from "#db/queries/runs";
import { type Claim, type ClaimOptions, claimRuns } from "./claim.ts";
import type { Clock } from "./define.ts";
import { type ExecuteOptions, executeClaim } from "./execute.ts";

type RunOptions = ClaimOptions &
  ExecuteOptions & {
    /** Asked between batches: true lets the rest to others, or to later. */
    shouldStop?: () => boolean;
    /** Told after each batch: what it queued may be delivered now. */
    afterBatch?: () => void;
  };

/**
 * Executes what is due, batch by batch, until nothing is. A batch whose next step is due at once goes on without being
 * claimed again. Returns how many steps were executed; a step of one run is one.
 */
export async function runDueSteps(db: Db, readClock: () => Clock | Promise<Clock>, options: RunOptions = {}) {
  let steps = 0;
  while (!options.shouldStop?.()) {
    const clock = await readClock();
    const claim = await claimRuns(db, clock, options);
    if (!claim) {
      break;
    }
    const inHand = [claim];
    for (let next = inHand.pop(); next; next = inHand.pop()) {
      if (options.shouldStop?.()) {
        await release(db, next, false);
        continue;
      }
      const executed = await executeOrRelease(db, next, inHand, clock, options);
      steps += executed.steps;
      inHand.push(...executed.onward);
      options.afterBatch?.();
    }
  }
  return steps;
}

/**
 * Batches that could not be executed need not wait for their lease to run out. A connection that was cut says nothing
 * about a step; one that takes longer than a statement may would do so again.
 */
async function executeOrRelease(db: Db, claim: Claim, others: Claim[], clock: Clock, options: ExecuteOptions) {
  try {
    return await executeClaim(db, claim, clock, options);
  } catch (error) {
    for (const batch of [claim, ...others]) {
      await release(db, batch, batch === claim && isStatementTimeout(error)).catch(() => {});
    }
    throw error;
  }
}

const release = (db: Db, { runs, token }: Claim, isTry: boolean) =>
  releaseRuns(
    db,
    runs.map(({ runId }) => runId),
    token,
    isTry,
  );
