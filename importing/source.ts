import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { AppError } from "#lib/errors";

/** A file's bytes, wherever they lie. They are read in pieces, as often as need be. */
export type Source = { bytes: number; read(start: number): AsyncIterable<Buffer> };

/** @throws AppError when there is no file that can be read. */
export async function fileSource(path: string): Promise<Source> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "There is no such file" : `It cannot be read (${error.code})`;
    throw new AppError("not_found", `${reason}: ${path}`);
  });
  if (!found.isFile()) {
    throw new AppError("invalid", `This is not a file: ${path}`);
  }
  return { bytes: found.size, read: (start) => createReadStream(path, { start, highWaterMark: 1 << 17 }) };
}
