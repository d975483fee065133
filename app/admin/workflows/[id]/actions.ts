"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { readClock } from "#engine/clock";
import { previewPublish } from "#engine/editing/preview-publish";
import { publishDraft } from "#engine/editing/publish-draft";
import { discardDraft, restoreVersion } from "#engine/editing/replace-draft";
import { saveDraft } from "#engine/editing/save-draft";
import { tryWorkflow } from "#engine/editing/try-workflow";
import { listVersions } from "#engine/editing/versions";
import { trialTools } from "../../../_messages/trial-tools.ts";
import { defineServerAction } from "../../../_server/action.ts";
import { getDb } from "../../../_server/db.ts";
import { atRevision, draft, trial, trialOfStep, workflowId } from "../draft-input.ts";
import { sendTriedMail } from "./send-tried-mail.ts";

const list = "/admin/workflows";

export const saveWorkflowDraft = defineServerAction(
  { roles: ["admin"], input: atRevision.extend({ draft }) },
  async ({ workflowId: id, ...given }, { userId }) => {
    const db = getDb();
    return saveDraft(db, { ...given, id, actorId: userId }, await readClock(db));
  },
);

export const previewWorkflowPublish = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ workflowId }) },
  ({ workflowId: id }) => previewPublish(getDb(), id),
);

export const publishWorkflow = defineServerAction(
  { roles: ["admin"], input: atRevision.extend({ includeCurrent: z.boolean() }) },
  async ({ workflowId: id, ...given }, { userId }) => {
    const db = getDb();
    const published = await publishDraft(db, { ...given, id, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return published;
  },
);

export const discardWorkflowDraft = defineServerAction(
  { roles: ["admin"], input: atRevision },
  async ({ workflowId: id, revision }, { userId }) => {
    const db = getDb();
    return discardDraft(db, { id, revision, actorId: userId }, await readClock(db));
  },
);

export const listWorkflowVersions = defineServerAction(
  { roles: ["admin", "staff"], input: z.strictObject({ workflowId }) },
  ({ workflowId: id }) => listVersions(getDb(), id),
);

export const restoreWorkflowVersion = defineServerAction(
  { roles: ["admin"], input: atRevision.extend({ version: z.int().positive() }) },
  async ({ workflowId: id, ...given }, { userId }) => {
    const db = getDb();
    return restoreVersion(db, { ...given, id, actorId: userId }, await readClock(db));
  },
);

export const tryWorkflowDraft = defineServerAction({ roles: ["admin"], input: trial }, async (asked) => {
  const db = getDb();
  return tryWorkflow(db, asked, trialTools(), await readClock(db));
});

/** The email of a step as the member would get it, marked as a test, to whoever asks and nobody else. */
export const sendTestOfStep = defineServerAction(
  { roles: ["admin"], input: trialOfStep },
  async ({ stepId, ...asked }, viewer) => {
    const db = getDb();
    const clock = await readClock(db);
    const tried = await tryWorkflow(db, asked, trialTools(), clock);
    await sendTriedMail(db, { trial: tried, stepId, viewer }, clock);
    return { recipient: viewer.email };
  },
);
