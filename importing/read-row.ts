import type { z } from "zod";
import { type Problem, refuse } from "./kind.ts";
import type { Header } from "./read-header.ts";

/** A line's cells by the names of their columns, or what is wrong with them. */
export function readRow(schema: z.ZodObject, header: Header, line: number, cells: string[]) {
  if (cells.length !== header.names.length && !isPadded(cells, header)) {
    return [refuse(line, "", "", `has ${cells.length} cells, the header has ${header.names.length}`)];
  }
  const texts: Record<string, string> = {};
  header.names.forEach((name, position) => {
    if (name) {
      texts[name] = cells[position] ?? "";
    }
  });
  const parsed = schema.safeParse(texts);
  return parsed.success
    ? parsed.data
    : parsed.error.issues.map(({ path, message }): Problem => {
        const column = String(path[0]);
        return refuse(line, column, texts[column], message);
      });
}

/** Spreadsheets like to leave separators at the end of a line. */
function isPadded(cells: string[], { names }: Header) {
  return cells.length > names.length && cells.slice(names.length).every((text) => text === "");
}
