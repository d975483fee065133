import { AppError } from "#lib/errors";
import { printable } from "#lib/printable";
import type { ShapedFile } from "./inspect-file.ts";
import type { Kind } from "./kind.ts";
import { BrokenFile, readRecords } from "./read-records.ts";

export type Header = {
  /** The names of the columns that are taken, by their position; undefined where one is ignored. */
  names: (string | undefined)[];
  ignored: string[];
};

/** What each of a file's columns is, as a person said it, by its position; null where it is nothing to take. */
export type Columns = (string | null)[];

const maxColumns = 200;

/** @throws AppError when there is none, or no line under it, or it is not one for this kind of file. */
export async function findHeader(file: ShapedFile, kind: Kind, known: string[], columns?: Columns): Promise<Header> {
  let header: Header | undefined;
  try {
    for await (const { cells } of readRecords(file)) {
      if (header) {
        return header;
      }
      header = readHeader(cells, kind, known, columns);
    }
  } catch (error) {
    if (!(error instanceof BrokenFile)) {
      throw error;
    }
    if (!header) {
      throw new AppError("invalid", error.message);
    }
    return header;
  }
  throw new AppError("invalid", header ? "The file has a header and no lines." : "The file is empty.");
}

function readHeader(cells: string[], kind: Pick<Kind, "name" | "needs">, known: string[], columns?: Columns): Header {
  if (cells.length > maxColumns) {
    throw new AppError("invalid", `The header has ${cells.length} columns: ${maxColumns} at most.`);
  }
  const given = cells.map((cell, position) => (columns ? (columns[position] ?? "") : plainName(cell)));
  const twice = given.find((name, position) => known.includes(name) && given.indexOf(name) !== position);
  if (twice) {
    throw new AppError("invalid", `The header has the column ${twice} twice.`);
  }
  const missing = kind.needs.filter((group) => !group.some((name) => given.includes(name)));
  if (missing.length > 0) {
    const wanted = missing.map((group) => group.join(" or ")).join(", ");
    const seen = printable(cells.slice(0, 10).join(", ").slice(0, 200));
    throw new AppError(
      "invalid",
      `The header has no column ${wanted}. A file of ${kind.name} may have: ${known.join(", ")}. Here it begins with: ${seen}`,
    );
  }
  return {
    names: given.map((name) => (known.includes(name) ? name : undefined)),
    ignored: cells.filter((_, position) => !known.includes(given[position] ?? "")),
  };
}

export function plainName(cell: string) {
  return cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
}
