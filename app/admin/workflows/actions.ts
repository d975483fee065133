"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { findWorkflow } from "#db/queries/workflows";
import { countAudience } from "#engine/audience";
import { readClock } from "#engine/clock";
import { parseDefinition } from "#engine/definition";
import { approveHeld, discardHeld } from "#engine/held-runs";
import { requestRunNow, switchOff, switchOn, undoSwitchOff } from "#engine/switching";
import { AppError } from "#lib/errors";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";

const workflowId = z.int().positive();
const list = "/admin/workflows";

export const countMatching = defineServerAction(
  { roles: ["admin"], input: z.object({ workflowId }) },
  async ({ workflowId: id }) => {
    const db = getDb();
    const workflow = await findWorkflow(db, id);
    if (!workflow) {
      throw new AppError("not_found", "This workflow does not exist any more. Reload the page.");
    }
    const { definition } = parseDefinition(workflow);
    if (!definition) {
      throw new AppError("invalid", `"${workflow.name}" needs attention before it can run.`);
    }
    return { matching: await countAudience(db, definition.trigger, await readClock(db)) };
  },
);

export const switchWorkflowOn = defineServerAction(
  { roles: ["admin"], input: z.object({ workflowId, includeCurrent: z.boolean() }) },
  async ({ workflowId: id, includeCurrent }, { userId }) => {
    const db = getDb();
    const switched = await switchOn(db, { workflowId: id, includeCurrent, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return switched;
  },
);

export const switchWorkflowOff = defineServerAction(
  { roles: ["admin"], input: z.object({ workflowId }) },
  async ({ workflowId: id }, { userId }) => {
    const db = getDb();
    await switchOff(db, { workflowId: id, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return null;
  },
);

export const undoWorkflowOff = defineServerAction(
  { roles: ["admin"], input: z.object({ workflowId }) },
  async ({ workflowId: id }, { userId }) => {
    const db = getDb();
    await undoSwitchOff(db, { workflowId: id, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return null;
  },
);

export const runWorkflowNow = defineServerAction(
  { roles: ["admin"], input: z.object({ workflowId }) },
  ({ workflowId: id }, { userId }) => requestRunNow(getDb(), { workflowId: id, actorId: userId }),
);

export const approveHeldRuns = defineServerAction(
  { roles: ["admin"], input: z.object({ workflowId }) },
  async ({ workflowId: id }, { userId }) => {
    const runs = await approveHeld(getDb(), { workflowId: id, actorId: userId });
    revalidatePath(list);
    return { runs };
  },
);

export const discardHeldRuns = defineServerAction(
  { roles: ["admin"], input: z.object({ workflowId }) },
  async ({ workflowId: id }, { userId }) => {
    const db = getDb();
    const runs = await discardHeld(db, { workflowId: id, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return { runs };
  },
);
