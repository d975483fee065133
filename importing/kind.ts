import type { z } from "zod";
import type { Tx } from "#db/client";
import type { Clock } from "#lib/clock";
import type { DateOrder } from "./cells/day.ts";

export type ImportContext = Clock & {
  /** The gym's, for telephone numbers without one. */
  countryCode: string;
  /** How the whole file writes days that are not `YYYY-MM-DD`. */
  dates?: DateOrder;
  isDryRun: boolean;
};

export type Line<Row> = { line: number; row: Row };

/** What is wrong with a cell, or with a line as a whole when it names no column. */
export type Problem = { line: number; column: string; value: string; reason: string };

export type ChunkResult = {
  created: number;
  updated: number;
  unchanged: number;
  /** At most one a line: each stands for a refused one. */
  problems: Problem[];
  /** What a person should know and need not act on, counted by sentence. */
  notes?: Record<string, number>;
  /** What to remember for the file's later lines, once this chunk is stored. */
  afterCommit?: () => void;
};

export type ImportLines<Row> = (tx: Tx, lines: Line<Row>[]) => Promise<ChunkResult>;

/** What can be in a file: its columns, and what happens with a chunk of its lines. */
export type Kind<Schema extends z.ZodObject = z.ZodObject> = {
  name: string;
  /** A cell's schema by the column's name. Columns that a file does not have are left out of its rows. */
  columns(context: ImportContext): Schema;
  /** Of each group the header must have one. */
  needs: string[][];
  dateColumns: string[];
  begin(context: ImportContext): ImportLines<z.output<Schema>>;
};

export function defineKind<Schema extends z.ZodObject>(kind: Kind<Schema>): Kind<Schema> {
  return kind;
}

export function refuse(line: number, column: string, value: string | null | undefined, reason: string): Problem {
  return { line, column, value: shorten(value ?? ""), reason };
}

const maxShown = 60;

export function shorten(value: string) {
  return value.length > maxShown ? `${value.slice(0, maxShown - 1).replace(/[\ud800-\udbff]$/, "")}…` : value;
}
