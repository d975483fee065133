/** What Excel needs to read a file as UTF-8. */
export const byteOrderMark = "\uFEFF";

/** One row by RFC 4180. Its end is the only carriage return in it. */
export const csvRow = (cells: (string | number | null)[]): string =>
  `${cells.map((cell) => (typeof cell === "string" ? csvCell(cell.replace(/\r\n?/g, "\n")) : (cell ?? ""))).join(",")}\r\n`;

/** A spreadsheet runs what begins like a formula: a quote before it makes it text. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
