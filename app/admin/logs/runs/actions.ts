"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import * as runs from "#engine/by-hand/runs";
import { readClock } from "#engine/clock";
import { defineServerAction } from "../../../_server/action.ts";
import { getDb } from "../../../_server/db.ts";

const oneRun = { roles: ["admin" as const], input: z.object({ id: z.int().positive() }) };
const page = "/admin/logs/runs/[id]";

export const cancelRun = defineServerAction(oneRun, async ({ id: runId }, { userId }) => {
  const db = getDb();
  const wasDone = await runs.cancelRun(db, { runId, actorId: userId }, await readClock(db));
  revalidatePath(page, "page");
  return { wasDone };
});

export const resumeRun = defineServerAction(oneRun, async ({ id: runId }, { userId }) => {
  const db = getDb();
  const wasDone = await runs.resumeRun(db, { runId, actorId: userId }, await readClock(db));
  revalidatePath(page, "page");
  return { wasDone };
});
