import { eq } from "drizzle-orm";
import type { Db } from "#db/client";
import { requests } from "../schema/index.ts";

type RequestRow = Pick<
  typeof requests.$inferSelect,
  "id" | "type" | "workflowId" | "createdAt" | "finishedAt" | "result" | "error"
>;

/** What the web asked of the worker, and what the worker has answered so far. */
export async function findRequest(db: Db, id: number): Promise<RequestRow | null> {
  const [row] = await db
    .select({
      id: requests.id,
      type: requests.type,
      workflowId: requests.workflowId,
      createdAt: requests.createdAt,
      finishedAt: requests.finishedAt,
      result: requests.result,
      error: requests.error,
    })
    .from(requests)
    .where(eq(requests.id, id));
  return row ?? null;
}
