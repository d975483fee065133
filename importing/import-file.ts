import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { gymSettings } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { one } from "#lib/rows";
import type { DateOrder } from "./cells/day.ts";
import { checkDates } from "./check-dates.ts";
import { type FileShape, inspectFile } from "./inspect-file.ts";
import { type ImportContext, type Kind, type Problem, refuse } from "./kind.ts";
import { members } from "./kinds/members.ts";
import { memberships } from "./kinds/memberships.ts";
import { risk } from "./kinds/risk.ts";
import { visits } from "./kinds/visits.ts";
import { findHeader } from "./read-header.ts";
import { BrokenFile, readRecords } from "./read-records.ts";
import { readRow } from "./read-row.ts";
import { runChunk } from "./run-chunk.ts";
import { ChunkStore } from "./store-chunks.ts";
import { Tally } from "./tally.ts";

const kinds = { members, visits, memberships, risk };
export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

export type ImportOptions = {
  kind: KindName;
  path: string;
  dates?: DateOrder;
  isDryRun?: boolean;
  /** Told of each bad cell, roughly in the order of the file. */
  onProblem?: (problem: Problem) => void;
  onProgress?: (bytesRead: number, bytes: number) => void;
  /** Ends the import between two chunks. */
  signal?: AbortSignal;
};

export type ImportSummary = Pick<Tally, "read" | "created" | "updated" | "unchanged" | "refused" | "notes"> &
  Pick<FileShape, "encoding" | "separator"> & { ignoredColumns: string[] };

/**
 * Brings a CSV file into the database, in chunks that are stored as a whole, each good line however bad its
 * neighbours. Importing the same file again changes nothing, so that an import that was cut off is simply run again.
 * @throws AppError when the file cannot be taken at all; then nothing was stored.
 */
export async function importFile(db: Db, options: ImportOptions, clock: Clock): Promise<ImportSummary> {
  const { path, dates, isDryRun = false, onProblem } = options;
  const kind = kinds[options.kind] as Kind;
  const shape = await inspectFile(path);
  const context: ImportContext = { ...clock, dates, isDryRun, countryCode: await readCountry(db) };
  const schema = kind.columns(context);
  const header = await findHeader(shape, kind, Object.keys(schema.shape));
  if (!dates) {
    await checkDates(shape, header, kind);
  }
  const tally = new Tally(onProblem);
  const importLines = kind.begin(context);
  const chunks = new ChunkStore<Record<string, unknown>>(
    async (lines) => tally.add(await runChunk(db, lines, importLines, isDryRun)),
    options.signal,
  );
  for await (const { line, cells } of readLines(shape, options, tally)) {
    tally.read++;
    const row = readRow(schema, header, line, cells);
    if (Array.isArray(row)) {
      tally.refuse(row);
    } else {
      await chunks.add({ line, row });
    }
  }
  await chunks.finish();
  const { read, created, updated, unchanged, refused, notes } = tally;
  const { encoding, separator } = shape;
  return { read, created, updated, unchanged, refused, notes, encoding, separator, ignoredColumns: header.ignored };
}

/** The lines under the header, up to where the file breaks off or the signal says stop. */
async function* readLines(shape: FileShape, { onProgress, signal }: ImportOptions, tally: Tally) {
  let bytesRead = shape.markBytes;
  let isHeader = true;
  const count = (bytes: number) => {
    bytesRead += bytes;
    onProgress?.(bytesRead, shape.bytes);
  };
  try {
    for await (const record of readRecords(shape, count)) {
      if (signal?.aborted) {
        return;
      }
      if (!isHeader) {
        yield record;
      }
      isHeader = false;
    }
  } catch (error) {
    if (!(error instanceof BrokenFile)) {
      throw error;
    }
    tally.read++;
    tally.refuse([refuse(error.line, "", "", `${error.message}; from there on nothing was read`)]);
  }
}

async function readCountry(db: Db) {
  const rows = await db.select({ countryCode: gymSettings.countryCode }).from(gymSettings).where(sql`true`);
  return one(rows).countryCode;
}
