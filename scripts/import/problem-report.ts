import { closeSync, openSync, writeSync } from "node:fs";
import type { Problem } from "#importing/kind";
import { csvCell } from "#lib/csv";
import { printable } from "#lib/printable";

const shown = 20;
const maxKept = 10_000;

/** Keeps the first problems for the terminal, and all of them in a file once they are more than it shows. */
export class ProblemReport {
  readonly kept: Problem[] = [];
  count = 0;
  /** Why the file of all could not be written. */
  fileError: string | undefined;
  #file: number | undefined;

  constructor(readonly path: string) {}

  add(problem: Problem) {
    this.count++;
    if (this.kept.length < maxKept) {
      this.kept.push(problem);
    }
    if (this.count === shown + 1) {
      this.#open();
    } else {
      this.#write([problem]);
    }
  }

  close() {
    if (this.#file !== undefined) {
      closeSync(this.#file);
    }
  }

  /** What to print, a line each. */
  lines(): string[] {
    const first = [...this.kept].sort((a, b) => a.line - b.line).slice(0, shown);
    const rows = [["Line", "Column", "Value", "Reason"], ...first.map(cellsOf)].map((cells) => cells.map(printable));
    const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
    const table = rows.map((cells) =>
      cells
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
    const rest = this.fileError ?? `All ${this.count} are in ${this.path}`;
    return this.count === 0 ? [] : this.count > shown ? [...table, rest] : table;
  }

  #open() {
    try {
      this.#file = openSync(this.path, "w");
      writeSync(this.#file, "\ufeffline,column,value,reason\n");
      this.#write(this.kept);
    } catch (error) {
      this.fileError = `${this.path} could not be written: ${error instanceof Error ? error.message : error}`;
    }
  }

  #write(problems: Problem[]) {
    if (this.#file !== undefined) {
      const lines = problems.map((problem) => `${cellsOf(problem).map(csvCell).join(",")}\n`);
      writeSync(this.#file, lines.join(""));
    }
  }
}

const cellsOf = ({ line, column, value, reason }: Problem) => [String(line), column, value, reason];
