import { closeSync, openSync, readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

/** Writes what comes together, together, and syncs it once: settles when the line is on the disk. */
export function inGroups(file: FileHandle): (line: string) => Promise<void> {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();
  const flush = async () => {
    await current;
    const lines = waiting;
    waiting = [];
    current = next as Promise<void>;
    next = undefined;
    await file.write(lines.join(""));
    await file.sync();
  };
  return (line) => {
    waiting.push(line);
    next ??= flush();
    return next;
  };
}

/** A file's lines, however many: all of them need not fit into one text. */
export function* readLines(path: string): Generator<string> {
  const file = openSync(path, "r");
  const chunk = Buffer.alloc(1 << 20);
  const decoder = new StringDecoder("utf8");
  let rest = "";
  try {
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      const lines = (rest + decoder.write(chunk.subarray(0, length))).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    if (rest) {
      yield rest;
    }
  } finally {
    closeSync(file);
  }
}
