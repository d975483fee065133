import type { ShapedFile } from "./inspect-file.ts";
import type { ImportContext, Kind } from "./kind.ts";
import type { Columns } from "./read-header.ts";
import { BrokenFile, readRecords } from "./read-records.ts";
import { readRow } from "./read-row.ts";

/** A cell as it will be read, or as it stands there and what is wrong with it. */
export type PreviewCell = { text: string; problem: string | null };

export type PreviewLine = { line: number; problem: string | null; cells: PreviewCell[] };

/** The names in a file's first line. */
export async function readHeaderCells(file: ShapedFile): Promise<string[]> {
  const [first] = await readFirst(file, 1);
  return first?.cells ?? [];
}

/** The first lines under the header, read as these columns. */
export async function previewFile(
  file: ShapedFile,
  { kind, columns, context, lines }: { kind: Kind; columns: Columns; context: ImportContext; lines: number },
): Promise<PreviewLine[]> {
  const schema = kind.columns(context);
  const records = (await readFirst(file, lines + 1)).slice(1);
  return records.map(({ line, cells }) => {
    const row = readRow(schema, { names: columns.map((name) => name ?? undefined), ignored: [] }, line, cells);
    const problems = Array.isArray(row) ? row : [];
    return {
      line,
      problem: problems.find(({ column }) => column === "")?.reason ?? null,
      cells: columns.map((name, position) => {
        const problem = problems.find(({ column }) => name !== null && column === name)?.reason ?? null;
        const isRead = name !== null && !Array.isArray(row);
        return { text: isRead ? print(row[name]) : (cells[position] ?? ""), problem };
      }),
    };
  });
}

async function readFirst(file: ShapedFile, count: number) {
  const records: { line: number; cells: string[] }[] = [];
  try {
    for await (const record of readRecords(file)) {
      records.push(record);
      if (records.length === count) {
        break;
      }
    }
  } catch (error) {
    // The check says where the file breaks off.
    if (!(error instanceof BrokenFile)) {
      throw error;
    }
  }
  return records;
}

function print(value: unknown): string {
  if (value instanceof Date) {
    return value
      .toISOString()
      .replace("T", " ")
      .replace(/:\d\d\.\d+Z$/, " UTC");
  }
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}
