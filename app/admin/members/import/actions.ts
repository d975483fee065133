"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { withTransaction } from "#db/client";
import { deleteImport } from "#db/queries/imports";
import { readClock } from "#engine/clock";
import { beginImport, bringFile, cancelImport, checkFile, readBroughtFile } from "#importing/bring-file";
import { kindNames } from "#importing/kinds/all";
import { AppError } from "#lib/errors";
import { describeUnstorable } from "#lib/storable";
import { defineServerAction } from "../../../_server/action.ts";
import { getDb } from "../../../_server/db.ts";

const importId = z.int().positive();

const file = z.strictObject({
  kind: z.enum(kindNames),
  fileName: z
    .string()
    .max(1_000)
    .transform((name) => (describeUnstorable(name) === null ? name.slice(0, 200) : "file.csv")),
  bytes: z.int().min(0),
});

export const bringImportFile = defineServerAction({ roles: ["admin"], input: file }, async (given, { userId }) => {
  const db = getDb();
  const clock = await readClock(db);
  return { importId: await withTransaction(db, (tx) => bringFile(tx, given, userId, clock)) };
});

export const readImportFile = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ importId }) },
  async ({ importId }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    try {
      await withTransaction(db, (tx) => readBroughtFile(tx, importId, userId, clock));
    } catch (error) {
      if (error instanceof AppError && error.code === "invalid") {
        await deleteImport(db, importId);
      }
      throw error;
    }
    return null;
  },
);

const choice = z.strictObject({
  importId,
  columns: z.array(z.string().max(100).nullable()).max(200),
  dates: z.enum(["dmy", "mdy"]).nullable(),
});

export const checkImportFile = defineServerAction(
  { roles: ["admin"], input: choice },
  async ({ importId, ...given }) => {
    const db = getDb();
    const clock = await readClock(db);
    await withTransaction(db, (tx) => checkFile(tx, importId, given, clock));
    revalidatePath("/admin/members/import/[id]", "page");
    return null;
  },
);

export const beginFileImport = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ importId }) },
  async ({ importId }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    await withTransaction(db, (tx) => beginImport(tx, importId, userId, clock));
    revalidatePath("/admin/members/import/[id]", "page");
    return null;
  },
);

export const cancelFileImport = defineServerAction(
  { roles: ["admin"], input: z.strictObject({ importId }) },
  async ({ importId }, { userId }) => {
    const cancelled = await withTransaction(getDb(), (tx) => cancelImport(tx, importId, userId));
    revalidatePath("/admin/members/import/[id]", "page");
    return cancelled;
  },
);
