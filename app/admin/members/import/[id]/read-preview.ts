import type { Db } from "#db/client";
import type { ImportRow } from "#db/queries/imports";
import { readClock } from "#engine/clock";
import { listKnown, shapeOf } from "#importing/bring-file";
import { describeMissing } from "#importing/guess-columns";
import { kindOf } from "#importing/kinds/all";
import { previewFile, readHeaderCells } from "#importing/preview-file";
import { storedSource } from "#importing/stored-source";

const shown = 10;

const encodings = { "utf-8": "UTF-8", "utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252" };

/** How the first lines of a file will be read, and what was found out of it. */
export async function readPreview(db: Db, row: ImportRow) {
  const source = storedSource(db, row);
  const file = { ...shapeOf(row), source };
  const columns = row.columns ?? [];
  const { columns: known, context } = await listKnown(db, row.kind, await readClock(db));
  const dated = { ...context, dates: row.dates ?? undefined };
  const missing = describeMissing(columns, row.kind);
  return {
    header: await readHeaderCells(file),
    known,
    lines: await previewFile(file, { kind: kindOf(row.kind), columns, context: dated, lines: shown }),
    notes: [
      `Read as ${encodings[file.encoding]}, separated by “${file.separator}”.`,
      ...(missing ? [`${missing} A file of ${row.kind} may have: ${known.join(", ")}.`] : []),
    ],
  };
}
