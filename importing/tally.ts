import type { ChunkResult, Problem } from "./kind.ts";
import type { Chunk } from "./store-chunks.ts";

/** What became of lines; each is counted in one of the last four. */
export type Counts = { read: number; created: number; updated: number; unchanged: number; refused: number };

/** What became of a chunk. */
export type Part = Counts & {
  /** Where in the file it ends. */
  lastLine: number;
  bytesRead: number;
  /** Sentences to put behind a number: what a person should know of lines that were taken. */
  notes: Record<string, number>;
  problems: Problem[];
};

export function toPart(chunk: Chunk<unknown>, result: ChunkResult): Part {
  const { created, updated, unchanged, notes = {} } = result;
  const { read, lastLine, bytesRead } = chunk;
  const refused = chunk.refused.length + result.problems.length;
  const problems = [...chunk.refused.flat(), ...result.problems].sort((a, b) => a.line - b.line);
  return { read, created, updated, unchanged, refused, lastLine, bytesRead, notes, problems };
}

/** Counts what became of a file's lines. */
export class Tally implements Counts {
  read = 0;
  created = 0;
  updated = 0;
  unchanged = 0;
  refused = 0;
  readonly notes: Record<string, number> = {};

  add(part: Part) {
    this.read += part.read;
    this.created += part.created;
    this.updated += part.updated;
    this.unchanged += part.unchanged;
    this.refused += part.refused;
    for (const [note, count] of Object.entries(part.notes)) {
      this.notes[note] = (this.notes[note] ?? 0) + count;
    }
  }
}
