import { sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import type { Db, Tx } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import {
  countImportsSince,
  deleteImport,
  deletePieces,
  findImport,
  type ImportRow,
  insertImport,
  keepPiece,
  measurePieces,
  moveImport,
  restartImport,
} from "#db/queries/imports";
import type { Clock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { importLimits } from "#lib/import-limits";
import { describeMissing, guessColumns } from "./guess-columns.ts";
import { readContext } from "./import-file.ts";
import { type FileShape, inspectFile, refuseOtherFormats } from "./inspect-file.ts";
import { type KindName, kindOf } from "./kinds/all.ts";
import { readHeaderCells } from "./preview-file.ts";
import type { Columns } from "./read-header.ts";
import { storedSource } from "./stored-source.ts";

const limits = { brought: 30, begun: 5, withinMs: 3_600_000 };

/** Makes room for a file that a browser is about to send. */
export async function bringFile(
  tx: Tx,
  given: { kind: KindName; fileName: string; bytes: number },
  userId: number,
  clock: Clock,
): Promise<number> {
  if (given.bytes === 0) {
    throw new AppError("invalid", "The file is empty.");
  }
  if (given.bytes > importLimits.bytes) {
    throw new AppError(
      "too_large",
      "At most 50 MB and 200,000 lines can be brought in here. The command “npm run import” takes files of any size.",
    );
  }
  const { brought } = await countRecent(tx, userId, clock);
  if (brought >= limits.brought) {
    throw new AppError(
      "too_many",
      `You brought ${limits.brought} files within an hour. Bring the next one a little later.`,
    );
  }
  return insertImport(tx, { ...given, createdBy: userId });
}

/**
 * Keeps a piece of a file on its way. What is no CSV is refused with its first piece.
 * @throws AppError that says why
 */
export async function takePiece(
  db: Db,
  piece: { importId: number; userId: number; number: number; content: Buffer },
): Promise<void> {
  if (piece.content.length > importLimits.pieceBytes) {
    throw new AppError("too_large", "This piece of the file is too large.");
  }
  if (!(await keepPiece(db, piece))) {
    throw new AppError("not_found", "Nobody waits for this file any more. Choose it again.");
  }
  if (piece.number === 0) {
    refuseOtherFormats(piece.content);
  }
}

/** Looks at a file that has come whole, and has it checked where its header says all that must be known. */
export async function readBroughtFile(tx: Tx, importId: number, userId: number, clock: Clock): Promise<void> {
  const row = await requireImport(tx, importId);
  if (row.createdBy !== userId || row.state !== "uploading") {
    throw new AppError("conflict", "This file was brought already.");
  }
  const { pieces, bytes } = await measurePieces(tx, importId);
  if (bytes !== row.bytes || pieces !== Math.ceil(row.bytes / importLimits.pieceBytes)) {
    throw new AppError("conflict", "The file did not come whole. Choose it again.");
  }
  const source = storedSource(tx, row);
  const shape = await inspectFile(source);
  const header = await readHeaderCells({ ...shape, source });
  const { columns: known } = await listKnown(tx, row.kind, clock);
  const columns = guessColumns(header, known);
  const isReady = describeMissing(columns, row.kind) === null;
  await moveImport(tx, importId, ["uploading"], { state: isReady ? "checking" : "mapping", shape, columns });
  if (isReady) {
    await ringBell(tx, "imports");
  }
}

/** The columns that a file of this kind may have. */
export async function listKnown(db: Db, kind: KindName, clock: Clock) {
  const context = await readContext(db, { isDryRun: true }, clock);
  return { columns: Object.keys(kindOf(kind).columns(context).shape), context };
}

/** Has the file checked as what somebody said its columns are. */
export async function checkFile(
  tx: Tx,
  importId: number,
  given: { columns: Columns; dates: ImportRow["dates"] },
  clock: Clock,
): Promise<void> {
  const { kind, columns: stored } = await requireImport(tx, importId);
  const { columns: known } = await listKnown(tx, kind, clock);
  const chosen = given.columns.filter((name) => name !== null);
  if (given.columns.length !== stored?.length || chosen.some((name) => !known.includes(name))) {
    throw new AppError("invalid", "These are not the columns of this file. Reload the page.");
  }
  if (new Set(chosen).size < chosen.length) {
    throw new AppError("invalid", "Two columns are the same. Choose another for one of them.");
  }
  const missing = describeMissing(given.columns, kind);
  if (missing) {
    throw new AppError("invalid", missing);
  }
  if (!(await restartImport(tx, importId, ["mapping", "checked"], { ...given, state: "checking" }))) {
    throw new AppError("conflict", "This file is being worked on already. Reload the page.");
  }
  await ringBell(tx, "imports");
}

/** Has the worker store what was checked. */
export async function beginImport(tx: Tx, importId: number, userId: number, clock: Clock): Promise<void> {
  const row = await requireImport(tx, importId);
  const { begun } = await countRecent(tx, userId, clock);
  if (begun >= limits.begun) {
    throw new AppError(
      "too_many",
      `You began ${limits.begun} imports within an hour. The file stays here until tomorrow: begin a little later.`,
    );
  }
  const change = { state: "importing" as const, startedAt: sql`clock_timestamp()` };
  if (!(await restartImport(tx, importId, ["checked"], change))) {
    throw new AppError(
      "conflict",
      "This import was begun already, or its file has to be checked first. Reload the page.",
    );
  }
  const { kind, bytes } = row;
  await insertAuditEvent(tx, {
    ...{ actorId: userId, action: "import.started", subjectType: "import", subjectId: importId },
    after: { kind, bytes },
  });
  await ringBell(tx, "imports");
}

/** Ends an import between two chunks: what was stored stays. One that never began is forgotten with its file. */
export async function cancelImport(tx: Tx, importId: number, userId: number): Promise<{ isForgotten: boolean }> {
  await requireImport(tx, importId);
  const change = {
    state: "cancelled" as const,
    finishedAt: sql`clock_timestamp()`,
    leaseToken: null,
    leaseUntil: null,
  };
  if (await moveImport(tx, importId, ["importing"], change)) {
    await deletePieces(tx, importId);
    await insertAuditEvent(tx, {
      ...{ actorId: userId, action: "import.cancelled", subjectType: "import", subjectId: importId },
    });
    return { isForgotten: false };
  }
  await deleteImport(tx, importId);
  return { isForgotten: (await findImport(tx, importId)) === null };
}

/** What was found out of a file when it had come. */
export const shapeOf = ({ shape }: Pick<ImportRow, "shape">) => shape as FileShape;

async function requireImport(db: Db, id: number): Promise<ImportRow> {
  const row = await findImport(db, id);
  if (!row) {
    throw new AppError("not_found", "This file is not here any more. Choose it again.");
  }
  return row;
}

async function countRecent(tx: Tx, userId: number, { now }: Clock) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('import', ${userId}))`);
  return countImportsSince(tx, userId, new Date(now.getTime() - limits.withinMs));
}
