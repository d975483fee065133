import { type Db, type Tx, withTransaction } from "#db/client";

const undo = new Error("only shown");

/** Does it, or, unless it is meant, finds out what it would have done: all is taken back. */
export async function showOrDo<Result>(db: Db, isMeant: boolean, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  let done: { result: Result } | undefined;
  try {
    await withTransaction(db, async (tx) => {
      done = { result: await work(tx) };
      if (!isMeant) {
        throw undo;
      }
    });
  } catch (error) {
    if (error !== undo) {
      throw error;
    }
  }
  if (!done) {
    throw new Error("The transaction ended without its work");
  }
  return done.result;
}
