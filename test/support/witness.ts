import type { FileHandle } from "node:fs/promises";

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
