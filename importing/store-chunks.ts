import { setImmediate } from "node:timers/promises";
import type { Line, Problem } from "./kind.ts";

const linesPerChunk = 1_000;
/** After so many lines the database's answers to the chunk before are heard, or its next statement would wait. */
const linesPerTurn = 100;

/** Lines that follow each other in the file: those to store, and what is wrong with each of the others. */
export type Chunk<Row> = {
  lines: Line<Row>[];
  refused: Problem[][];
  read: number;
  lastLine: number;
  /** How far into the file reading had come. */
  bytesRead: number;
};

const emptyChunk = <Row>(): Chunk<Row> => ({ lines: [], refused: [], read: 0, lastLine: 0, bytesRead: 0 });

/** Gathers lines into chunks, and stores one while the next is being gathered. */
export class ChunkStore<Row> {
  #chunk = emptyChunk<Row>();
  #storing: Promise<void> = Promise.resolve();

  constructor(
    readonly store: (chunk: Chunk<Row>) => Promise<void>,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** Takes a line, or what is wrong with it. Waits when a full chunk has to go and the one before is still being stored. */
  async add(line: number, row: Row | Problem[], bytesRead: number): Promise<void> {
    const chunk = this.#chunk;
    if (Array.isArray(row)) {
      chunk.refused.push(row);
    } else {
      chunk.lines.push({ line, row });
    }
    chunk.read++;
    chunk.lastLine = line;
    chunk.bytesRead = bytesRead;
    if (chunk.read === linesPerChunk) {
      await this.#next();
    } else if (chunk.read % linesPerTurn === 0) {
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
    const chunk = this.#chunk;
    this.#chunk = emptyChunk();
    if (chunk.read > 0 && !this.signal?.aborted) {
      this.#storing = this.store(chunk);
      // Whoever waits next is told; until then nobody listens.
      this.#storing.catch(() => {});
    }
  }
}
