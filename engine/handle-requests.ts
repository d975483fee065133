import { sql } from "drizzle-orm";
import { type Db, type Tx, withSavepoint, withTransaction } from "#db/client";
import { isTransient } from "#db/errors";
import { requests } from "#db/schema/index";
import type { Clock } from "./define.ts";
import { sweep } from "./sweep.ts";

/** Does what the web asked for, oldest first, each request in the transaction that marks it as answered. */
export async function handleRequests(db: Db, clock: Clock): Promise<number> {
  let handled = 0;
  while (await handleNext(db, clock)) {
    handled++;
  }
  return handled;
}

async function handleNext(db: Db, clock: Clock): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const { rows } = await tx.execute<{ id: number; workflowId: number }>(sql`
      select id, workflow_id as "workflowId" from ${requests} where type = 'sweep' and finished_at is null
      order by id limit 1 for update skip locked`);
    const [request] = rows;
    if (!request) {
      return false;
    }
    const { answer, error } = await answerRequest(tx, request.workflowId, clock);
    await tx.execute(sql`
      update ${requests} set finished_at = clock_timestamp(), result = ${answer}::jsonb, error = ${error}
      where id = ${request.id}`);
    return true;
  });
}

/** A sweep that cannot be done must not stand in the way of the requests behind it: whoever asked is told. */
async function answerRequest(tx: Tx, workflowId: number, clock: Clock) {
  try {
    const [result] = await withSavepoint(tx, (inner) =>
      sweep(inner, clock, { workflowId, origin: "manual", noBrake: true }),
    );
    return result
      ? { answer: JSON.stringify(result), error: null }
      : { answer: null, error: "The workflow was switched off before the sweep began." };
  } catch (error) {
    if (isTransient(error)) {
      throw error;
    }
    return { answer: null, error: "The sweep failed. The worker's log says why." };
  }
}
