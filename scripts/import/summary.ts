import type { ImportSummary } from "#importing/import-file";
import { printable } from "#lib/printable";
import type { Arguments } from "./arguments.ts";

const encodings = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252 (it is no UTF-8)",
};

/** What an import did, in sentences. */
export function describeImport(summary: ImportSummary, { path, kind, isDryRun }: Arguments): string[] {
  const number = (count: number) => count.toLocaleString("en");
  const { read, created, updated, unchanged, refused, notes, ignoredColumns } = summary;
  const did = isDryRun ? "A dry run, nothing was stored: " : "";
  return [
    `Read ${number(read)} lines of ${kind} from ${path}: ${encodings[summary.encoding]}, separated by "${summary.separator}".`,
    ...(ignoredColumns.length > 0
      ? [`Columns that nobody knows here were ignored: ${ignoredColumns.map(printable).join(", ")}.`]
      : []),
    `${did}${number(created)} new, ${number(updated)} updated, ${number(unchanged)} unchanged, ${number(refused)} refused.`,
    ...Object.entries(notes).flatMap(([note, count]) => (count > 0 ? [`${number(count)} ${note}.`] : [])),
  ];
}
