import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { isTransient } from "#db/errors";
import { insertAuditEvent } from "#db/queries/audit";
import {
  type ClaimedImport,
  claimImport,
  forgetOldImports,
  keepImport,
  recordPart,
  releaseImport,
} from "#db/queries/import-work";
import { deletePieces, findImport, type ImportRow, moveImport, restartImport } from "#db/queries/imports";
import type { Clock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { importLimits } from "#lib/import-limits";
import { DatesQuestion } from "./check-dates.ts";
import { importFile } from "./import-file.ts";
import { storedSource } from "./stored-source.ts";
import type { Part } from "./tally.ts";

type Options = {
  leaseMs: number;
  /** True leaves the rest to others, or for later: asked between two chunks. */
  shouldStop: () => boolean;
  onFailure: (importId: number, error: unknown) => void;
};

/** How often a worker may end in the middle of the same chunk before the file is given up. */
const maxLostClaims = 5;

/** Somebody else has the import in hand by now, or it was cancelled: what was not committed is not done. */
class LostHold extends Error {
  override name = "LostHold";
}

/** Checks and stores the files that admins brought in, oldest first. Says how many were stored. */
export async function runImports(db: Db, readClock: () => Promise<Clock>, options: Options): Promise<number> {
  await forgetOldImports(db);
  let stored = 0;
  while (!options.shouldStop()) {
    const claimed = await claimImport(db, options.leaseMs);
    if (!claimed) {
      break;
    }
    stored += (await runClaimed(db, claimed, await readClock(), options)) ? 1 : 0;
  }
  return stored;
}

async function runClaimed(db: Db, claimed: ClaimedImport, clock: Clock, options: Options): Promise<boolean> {
  if (claimed.lostClaims > maxLostClaims) {
    await end(db, claimed, {
      state: "failed",
      error: "The worker ended several times at the same place of this file.",
    });
    return false;
  }
  const stop = new AbortController();
  const hold = setInterval(() => {
    const isKept = options.shouldStop() ? Promise.resolve(false) : keepImport(db, claimed, options.leaseMs);
    isKept.then(
      (kept) => kept || stop.abort(),
      () => {},
    );
  }, options.leaseMs / 10);
  try {
    await runFile(db, claimed, clock, stop, options);
    if (stop.signal.aborted) {
      await releaseImport(db, claimed);
      return false;
    }
    await end(db, claimed, { state: claimed.state === "checking" ? "checked" : "done" });
    return claimed.state === "importing";
  } catch (error) {
    await explain(db, claimed, error, options);
    return false;
  } finally {
    clearInterval(hold);
  }
}

async function runFile(db: Db, claimed: ClaimedImport, clock: Clock, stop: AbortController, options: Options) {
  const { id, kind, columns, dates, lastLine, lostClaims } = claimed;
  const isDryRun = claimed.state === "checking";
  if (isDryRun && lastLine > 0) {
    // What it knew of the lines before went with the worker that read them.
    await restartImport(db, id, ["checking"], { lostClaims });
  }
  const record = async (tx: Db, part: Part) => {
    if (!(await recordPart(tx, claimed, part))) {
      throw new LostHold();
    }
    if (options.shouldStop()) {
      stop.abort();
    }
  };
  await importFile(
    db,
    {
      ...{ kind, columns: columns ?? undefined, dates: dates ?? undefined, isDryRun, record, signal: stop.signal },
      source: storedSource(db, claimed),
      maxLines: importLimits.lines,
      storedUpTo: isDryRun ? 0 : lastLine,
    },
    clock,
  );
}

/** A file that cannot be taken is told of; what may pass is tried again once the lease has run out. */
async function explain(db: Db, claimed: ClaimedImport, error: unknown, { onFailure }: Options): Promise<void> {
  if (error instanceof LostHold) {
    await releaseImport(db, claimed);
  } else if (error instanceof DatesQuestion) {
    await end(db, claimed, { state: "mapping", error: error.question, asksForDates: true });
  } else if (error instanceof AppError) {
    await end(db, claimed, { state: "failed", error: error.message });
  } else if (isTransient(error)) {
    throw error;
  } else {
    onFailure(claimed.id, error);
    await end(db, claimed, { state: "failed", error: "The import failed. The worker's log says why." });
  }
}

type End = Pick<ImportRow, "state"> & Partial<Pick<ImportRow, "error" | "asksForDates">>;

/** Ends what the worker had to do, if it still has the import in hand. What has ended for good leaves no file behind. */
async function end(db: Db, claimed: ClaimedImport, change: End): Promise<void> {
  await withTransaction(db, async (tx) => {
    if (!(await keepImport(tx, claimed, 0))) {
      return;
    }
    const isOver = change.state === "done" || change.state === "failed";
    const finishedAt = isOver ? sql`clock_timestamp()` : null;
    await moveImport(tx, claimed.id, [claimed.state], { ...change, finishedAt, leaseToken: null, leaseUntil: null });
    if (isOver) {
      await deletePieces(tx, claimed.id);
    }
    if (change.state === "done") {
      const row = await findImport(tx, claimed.id);
      const { kind, read, created, updated, unchanged, refused } = row ?? {};
      await insertAuditEvent(tx, {
        ...{ actorId: claimed.createdBy, action: "import.finished", subjectType: "import", subjectId: claimed.id },
        after: { kind, read, created, updated, unchanged, refused },
      });
    }
  });
}
