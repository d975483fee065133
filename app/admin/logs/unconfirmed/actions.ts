"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import * as unconfirmed from "#db/queries/unconfirmed";
import { readClock } from "#engine/clock";
import { defineServerAction } from "../../../_server/action.ts";
import { getDb } from "../../../_server/db.ts";

const oneMessage = { roles: ["admin" as const], input: z.object({ messageId: z.int().positive() }) };
const list = "/admin/logs/unconfirmed";

export const confirmArrival = defineServerAction(oneMessage, async ({ messageId }, { userId }) => {
  const wasOpen = await unconfirmed.confirmArrival(getDb(), { messageId, actorId: userId });
  revalidatePath(list);
  return { wasOpen };
});

/** Answers with the request whose answer is to be waited for; null when somebody had decided before. */
export const checkWithProvider = defineServerAction(oneMessage, async ({ messageId }, { userId }) => ({
  requestId: await unconfirmed.requestLookUp(getDb(), { messageId, actorId: userId }),
}));

export const sendAgain = defineServerAction(oneMessage, async ({ messageId }, { userId }) => {
  const db = getDb();
  const { now } = await readClock(db);
  const wasOpen = await unconfirmed.sendAgain(db, { messageId, actorId: userId, now });
  revalidatePath(list);
  return { wasOpen };
});
