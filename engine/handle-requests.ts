import { sql } from "drizzle-orm";
import { type Db, type Tx, withSavepoint, withTransaction } from "#db/client";
import { isStatementTimeout, isTransient } from "#db/errors";
import { requests } from "#db/schema/index";
import { AppError } from "#lib/errors";
import type { Clock } from "./define.ts";
import { enrol } from "./enrol.ts";
import { sweep } from "./sweep.ts";

type Options = {
  /** Told why one could not be done. */
  onFailure?: OnFailure;
  /** Asked between requests: true leaves the rest to others, or for later. */
  shouldStop?: () => boolean;
};

/** Does what the web asked for, oldest first, each request in the transaction that marks it as answered. */
export async function handleRequests(db: Db, clock: Clock, options: Options = {}): Promise<number> {
  const { onFailure = () => {}, shouldStop } = options;
  let handled = 0;
  while (!shouldStop?.() && (await handleNext(db, clock, onFailure))) {
    handled++;
  }
  return handled;
}

type OnFailure = (requestId: number, error: unknown) => void;

async function handleNext(db: Db, clock: Clock, onFailure: OnFailure): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const { rows } = await tx.execute<Request>(sql`
      select id, type, workflow_id as "workflowId", member_id as "memberId", tag from ${requests}
      where finished_at is null and type in ('sweep', 'start') order by id limit 1 for update skip locked`);
    const [request] = rows;
    if (!request) {
      return false;
    }
    const { answer, error } = await answerRequest(tx, request, clock, onFailure);
    await tx.execute(sql`
      update ${requests} set finished_at = clock_timestamp(), result = ${answer}::jsonb, error = ${error}
      where id = ${request.id}`);
    return true;
  });
}

type Request = {
  id: number;
  type: "sweep" | "start";
  workflowId: number;
  memberId: number | null;
  tag: string | null;
};

/** A request that cannot be done must not stand in the way of those behind it: whoever asked is told. */
async function answerRequest(tx: Tx, request: Request, clock: Clock, onFailure: OnFailure) {
  try {
    const result = await withSavepoint(tx, (inner) => answer(inner, request, clock));
    return result
      ? { answer: JSON.stringify(result), error: null }
      : {
          answer: null,
          error: "The workflow was switched off, or changed again and again, before the worker came to it.",
        };
  } catch (error) {
    // One that takes longer than a statement may would do so again.
    if (isTransient(error) && !isStatementTimeout(error)) {
      throw error;
    }
    if (error instanceof AppError) {
      return { answer: null, error: error.message };
    }
    onFailure(request.id, error);
    return { answer: null, error: "The sweep failed. The worker's log says why." };
  }
}

/** An admin has seen how many there are, or named whom they mean: nothing is held. */
async function answer(tx: Tx, { type, workflowId, memberId, tag }: Request, clock: Clock) {
  if (type === "start") {
    return enrol(tx, workflowId, { memberId, tag }, clock);
  }
  const [result] = await sweep(tx, clock, { workflowId, origin: "manual", noBrake: true });
  const [problem] = result?.needsAttention ?? [];
  if (problem) {
    throw new Error(problem.message);
  }
  return result;
}
