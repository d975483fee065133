import type { ChunkResult, Problem } from "./kind.ts";

/** Counts what became of a file's lines; each line is counted in one of the last four. */
export class Tally {
  read = 0;
  created = 0;
  updated = 0;
  unchanged = 0;
  refused = 0;
  /** Sentences to put behind a number: what a person should know of lines that were taken. */
  readonly notes: Record<string, number> = {};
  readonly #onProblem: ((problem: Problem) => void) | undefined;

  constructor(onProblem?: (problem: Problem) => void) {
    this.#onProblem = onProblem;
  }

  /** One line, for whatever is wrong with it. */
  refuse(problems: Problem[]) {
    this.refused++;
    for (const problem of problems) {
      this.#onProblem?.(problem);
    }
  }

  add(chunk: ChunkResult) {
    this.created += chunk.created;
    this.updated += chunk.updated;
    this.unchanged += chunk.unchanged;
    for (const problem of chunk.problems) {
      this.refuse([problem]);
    }
    for (const [note, count] of Object.entries(chunk.notes ?? {})) {
      this.notes[note] = (this.notes[note] ?? 0) + count;
    }
  }
}
