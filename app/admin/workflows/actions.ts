"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { doOnce } from "#db/queries/sent-forms";
import { findWorkflow } from "#db/queries/workflows";
import { archiveWorkflow as archive } from "#engine/archive-workflow";
import { countAudience } from "#engine/audience";
import { readClock } from "#engine/clock";
import { parseDefinition } from "#engine/definition";
import { createBlank, duplicateWorkflow as duplicate } from "#engine/editing/create-workflow";
import { createFromGallery } from "#engine/editing/gallery";
import { approveHeld, discardHeld } from "#engine/held-runs";
import { requestRunNow, switchOff, switchOn, undoSwitchOff } from "#engine/switching";
import { unarchiveWorkflow as unarchive } from "#engine/unarchive-workflow";
import { AppError } from "#lib/errors";
import { templateRules } from "#messaging/template-rules";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";
import { token, workflowId } from "./draft-input.ts";

const list = "/admin/workflows";

export const createBlankWorkflow = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ token }) },
  async ({ token }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    return doOnce(db, { userId, token, now: clock.now }, (tx) => createBlank(tx, { actorId: userId }, clock));
  },
);

export const createWorkflowFromGallery = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ name: z.string().max(100), token }) },
  async ({ name, token }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    const start = { name, actorId: userId, rules: templateRules };
    return doOnce(db, { userId, token, now: clock.now }, (tx) => createFromGallery(tx, start, clock));
  },
);

export const duplicateWorkflow = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ workflowId, token }) },
  async ({ workflowId: id, token }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    return doOnce(db, { userId, token, now: clock.now }, (tx) => duplicate(tx, { id, actorId: userId }, clock));
  },
);

export const archiveWorkflow = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ workflowId }) },
  async ({ workflowId: id }, { userId }) => {
    const db = getDb();
    const archived = await archive(db, { workflowId: id, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return archived;
  },
);

export const unarchiveWorkflow = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ workflowId }) },
  async ({ workflowId: id }, { userId }) => {
    const db = getDb();
    const restored = await unarchive(db, { workflowId: id, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return restored;
  },
);

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
