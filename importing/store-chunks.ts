import { setImmediate } from "node:timers/promises";
import type { Line } from "./kind.ts";

const linesPerChunk = 1_000;
/** After so many lines the database's answers to the chunk before are heard, or its next statement would wait. */
const linesPerTurn = 100;

/** Gathers lines into chunks, and stores one while the next is being gathered. */
export class ChunkStore<Row> {
  #lines: Line<Row>[] = [];
  #storing: Promise<void> = Promise.resolve();

  constructor(
    readonly store: (lines: Line<Row>[]) => Promise<void>,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** Waits when a full chunk has to go and the one before is still being stored. */
  async add(line: Line<Row>): Promise<void> {
    this.#lines.push(line);
    if (this.#lines.length === linesPerChunk) {
      await this.#next();
    } else if (this.#lines.length % linesPerTurn === 0) {
      await setImmediate();
    }
  }

  /** Stores what is left, unless the signal says to stop. */
  async finish(): Promise<void> {
    await this.#next();
    await this.#storing;
  }

  async #next() {
    await this.#storing;
    const lines = this.#lines;
    this.#lines = [];
    if (lines.length > 0 && !this.signal?.aborted) {
      this.#storing = this.store(lines);
      // Whoever waits next is told; until then nobody listens.
      this.#storing.catch(() => {});
    }
  }
}
