"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import * as messages from "#db/queries/retry-message";
import { readClock } from "#engine/clock";
import { defineServerAction } from "../../../_server/action.ts";
import { getDb } from "../../../_server/db.ts";

export const retryMessage = defineServerAction(
  { roles: ["admin"], input: z.object({ id: z.int().positive() }) },
  async ({ id: messageId }, { userId }) => {
    const db = getDb();
    const { now } = await readClock(db);
    const wasDone = await messages.retryMessage(db, { messageId, actorId: userId, now });
    revalidatePath("/admin/logs/messages/[id]", "page");
    return { wasDone };
  },
);
