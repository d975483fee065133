"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { readSenderDomain } from "#db/queries/gym";
import { findTemplateVersion } from "#db/queries/template-versions";
import { archiveTemplate as archive } from "#engine/archive-template";
import { readClock } from "#engine/clock";
import { readTemplateNames } from "#engine/template-names";
import { unarchiveTemplate as unarchive } from "#engine/unarchive-template";
import { AppError } from "#lib/errors";
import { queueTestMail } from "#messaging/queue-test-mail";
import { saveTemplate as save } from "#messaging/save-template";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";
import { withAllFields } from "./read-designer.ts";
import { drawPreview, findProblems } from "./read-preview.ts";
import { previewInput, templateContent, templateId, templateName } from "./template-input.ts";

const list = "/admin/templates";

export const archiveTemplate = defineServerAction(
  { roles: ["admin"], input: z.object({ templateId, isConfirmed: z.boolean() }) },
  async (archiving, { userId }) => {
    const db = getDb();
    await archive(db, { ...archiving, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return null;
  },
);

export const unarchiveTemplate = defineServerAction(
  { roles: ["admin"], input: z.object({ templateId }) },
  async ({ templateId }, { userId }) => {
    const db = getDb();
    await unarchive(db, { templateId, actorId: userId }, await readClock(db));
    revalidatePath(list);
    return null;
  },
);

export const saveTemplate = defineServerAction(
  {
    roles: ["admin"],
    input: z.strictObject({
      templateId: templateId.nullable(),
      revision: z.int().positive().nullable(),
      name: templateName,
      content: templateContent,
    }),
  },
  async ({ templateId, revision, name, content }, { userId }) => {
    const db = getDb();
    const { known, samples } = await readTemplateNames(db, templateId);
    const saving = { id: templateId ?? undefined, revision: revision ?? undefined, name, content, actorId: userId };
    const around = { known, samples, senderDomain: await readSenderDomain(db) };
    const saved = await save(db, saving, around, await readClock(db));
    if (saved.outcome === "saved") {
      revalidatePath(list);
    }
    return saved;
  },
);

export const readTemplateVersion = defineServerAction(
  { roles: ["admin", "staff"], input: z.strictObject({ templateId, versionId: z.int().positive() }) },
  async ({ templateId, versionId }) => {
    const version = await findTemplateVersion(getDb(), templateId, versionId);
    if (!version) {
      throw new AppError("not_found", "There is no such version of this template.");
    }
    return { ...version, content: withAllFields(version.content) };
  },
);

/** To nobody but the admin who asks for it. */
export const sendTestMail = defineServerAction({ roles: ["admin"], input: previewInput }, async (input, viewer) => {
  const db = getDb();
  if (input.content.channel !== "email") {
    throw new AppError("invalid", "Only emails can be sent as a test.");
  }
  const { templateId } = input;
  const names = await readTemplateNames(db, templateId);
  const problems = await findProblems(input, names);
  const { preview } = await drawPreview(input, names);
  if (!preview.message || problems.some(({ severity }) => severity === "error")) {
    throw new AppError("invalid", preview.error ?? "Correct what is marked first.");
  }
  await queueTestMail(db, { ...preview, templateId, viewer }, await readClock(db));
  return { sentTo: viewer.email };
});
