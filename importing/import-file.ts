import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { gymSettings } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { one } from "#lib/rows";
import type { DateOrder } from "./cells/day.ts";
import { checkDates } from "./check-dates.ts";
import { type FileShape, inspectFile, type ShapedFile } from "./inspect-file.ts";
import { type ImportContext, type Problem, refuse } from "./kind.ts";
import { type KindName, kindOf } from "./kinds/all.ts";
import { type Columns, findHeader } from "./read-header.ts";
import { BrokenFile, readRecords } from "./read-records.ts";
import { readRow } from "./read-row.ts";
import { runChunk } from "./run-chunk.ts";
import type { Source } from "./source.ts";
import { type Chunk, ChunkStore } from "./store-chunks.ts";
import { type Part, Tally, toPart } from "./tally.ts";

export type ImportOptions = {
  kind: KindName;
  source: Source;
  /** What the file's columns are, unless its header says so. */
  columns?: Columns;
  dates?: DateOrder;
  isDryRun?: boolean;
  maxLines?: number;
  /** The last line that was stored before: up to there the file is only read for what later lines need to know. */
  storedUpTo?: number;
  /** Told what became of each chunk, in the transaction that stores it. */
  record?: (db: Db, part: Part) => Promise<void>;
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
  const { source, columns, dates, isDryRun = false, storedUpTo = 0, record } = options;
  const kind = kindOf(options.kind);
  const file = { ...(await inspectFile(source)), source };
  const context = await readContext(db, { dates, isDryRun }, clock);
  const schema = kind.columns(context);
  const header = await findHeader(file, kind, Object.keys(schema.shape), columns);
  if (!dates) {
    await checkDates(file, header, kind);
  }
  const tally = new Tally();
  const importLines = kind.begin(context);
  const store = async (chunk: Chunk<Record<string, unknown>>) => {
    if (chunk.lastLine <= storedUpTo) {
      await runChunk(db, chunk.lines, importLines, { isDryRun: true });
      return;
    }
    const result = await runChunk(db, chunk.lines, importLines, {
      isDryRun,
      record: record && ((tx, result) => record(tx, toPart(chunk, result))),
    });
    const part = toPart(chunk, result);
    tally.add(part);
    for (const problem of part.problems) {
      options.onProblem?.(problem);
    }
  };
  const chunks = new ChunkStore(store, options.signal);
  let lines = 0;
  for await (const { line, cells, bytesRead } of readLines(file, options)) {
    lines++;
    requireFew(lines, options.maxLines);
    await chunks.add(
      line,
      cells instanceof BrokenFile ? breakOff(cells) : readRow(schema, header, line, cells),
      bytesRead,
    );
  }
  await chunks.finish();
  const { read, created, updated, unchanged, refused, notes } = tally;
  const { encoding, separator } = file;
  return { read, created, updated, unchanged, refused, notes, encoding, separator, ignoredColumns: header.ignored };
}

const breakOff = ({ line, message }: BrokenFile) => [
  refuse(line, "", "", `${message}; from there on nothing was read`),
];

function requireFew(lines: number, maxLines = Number.POSITIVE_INFINITY) {
  if (lines > maxLines) {
    const most = maxLines.toLocaleString("en");
    throw new AppError(
      "too_large",
      `The file has more than ${most} lines. Split it, or use the command “npm run import”.`,
    );
  }
}

/** The lines under the header, up to where the file breaks off or the signal says stop. */
async function* readLines(file: ShapedFile, { onProgress, signal }: ImportOptions) {
  let bytesRead = file.markBytes;
  let isHeader = true;
  const count = (bytes: number) => {
    bytesRead += bytes;
    onProgress?.(bytesRead, file.source.bytes);
  };
  try {
    for await (const { line, cells } of readRecords(file, count)) {
      if (signal?.aborted) {
        return;
      }
      if (!isHeader) {
        yield { line, cells, bytesRead };
      }
      isHeader = false;
    }
  } catch (error) {
    if (!(error instanceof BrokenFile)) {
      throw error;
    }
    yield { line: error.line, cells: error, bytesRead };
  }
}

/** What the cells of a file are read by. */
export async function readContext(
  db: Db,
  { dates, isDryRun }: Pick<ImportContext, "dates" | "isDryRun">,
  clock: Clock,
): Promise<ImportContext> {
  const rows = await db.select({ countryCode: gymSettings.countryCode }).from(gymSettings).where(sql`true`);
  return { ...clock, dates, isDryRun, countryCode: one(rows).countryCode };
}
