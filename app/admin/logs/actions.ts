"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { withTransaction } from "#db/client";
import { recordPostmasterFigure, resumeMarketing } from "#db/queries/complaint-watch";
import { confirmCopy } from "#db/queries/installation";
import { readClock } from "#engine/clock";
import { watchComplaints } from "#messaging/watch-complaints";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";
import { postmasterFigure, requireRecent } from "./postmaster-figure.ts";

const list = "/admin/logs/messages";

export const goOnSending = defineServerAction(
  { roles: ["admin"], input: z.object({ mayHaveSent: z.boolean() }) },
  async ({ mayHaveSent }, { userId }) => {
    const db = getDb();
    const { now } = await readClock(db);
    await confirmCopy(db, { actorId: userId, mayHaveSent, now });
    revalidatePath(list);
  },
);

export const enterPostmasterFigure = defineServerAction(
  { roles: ["admin"], input: postmasterFigure },
  async (figure, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    requireRecent(figure.readOn, clock.today);
    await withTransaction(db, async (tx) => {
      await recordPostmasterFigure(tx, figure, userId);
      await watchComplaints(tx, clock);
    });
    revalidatePath(list);
  },
);

export const goOnAdvertising = defineServerAction(
  { roles: ["admin"], input: z.object({}) },
  async (_input, { userId }) => {
    const db = getDb();
    const { now } = await readClock(db);
    await resumeMarketing(db, { actorId: userId, now });
    revalidatePath(list);
  },
);
