import { createReadStream } from "node:fs";
import { Transform } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { FileShape } from "./inspect-file.ts";

export type CsvRecord = {
  /** The line of the file that it starts on, from 1. */
  line: number;
  cells: string[];
};

/** From this line on a file cannot be read. */
export class BrokenFile extends Error {
  override name = "BrokenFile";
  constructor(
    readonly line: number,
    readonly reason: string,
  ) {
    super(`Line ${line}: ${reason}`);
  }
}

const maxRecordBytes = 1 << 20;

/**
 * The records of a file, one at a time, whatever its size. Empty lines are passed over.
 * @throws BrokenFile where a quote is not closed or a line is too long to be one.
 */
export async function* readRecords(shape: FileShape, onBytes?: (bytes: number) => void): AsyncGenerator<CsvRecord> {
  const bytes = createReadStream(shape.path, { start: shape.markBytes, highWaterMark: 1 << 17 });
  bytes.on("data", (piece) => onBytes?.(piece.length));
  const parser = parse({
    delimiter: shape.separator,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRecordBytes,
  });
  bytes.on("error", (error) => parser.destroy(error));
  const text = shape.encoding === "utf-8" ? bytes : bytes.pipe(decoder(shape.encoding));
  text.pipe(parser);
  let line = 1;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (cells.some(isUnclosed)) {
        throw new BrokenFile(line, "a quote is not closed");
      }
      if (cells.length > 1 || cells[0] !== "") {
        yield { line, cells };
      }
      line += 1 + cells.reduce((breaks, text) => breaks + countBreaks(text), 0);
    }
  } catch (error) {
    throw error instanceof CsvError ? explain(error, line) : error;
  } finally {
    bytes.destroy();
  }
}

/** The parser's lenient reading of a quote that was opened, never closed and met the next quoted cell lines later. */
function isUnclosed(text: string) {
  return text.startsWith('"') && /[\r\n][\s\S]*"/.test(text);
}

function countBreaks(text: string) {
  return text.includes("\n") || text.includes("\r") ? (text.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}

function explain(error: CsvError, line: number) {
  return error.code === "CSV_MAX_RECORD_SIZE"
    ? new BrokenFile(line, "is longer than 1 MiB, or a quote in it is not closed")
    : new BrokenFile(line, "a quote is not closed");
}

function decoder(encoding: FileShape["encoding"]) {
  const decoding = new TextDecoder(encoding);
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      done(null, Buffer.from(decoding.decode(piece, { stream: true })));
    },
    flush(done) {
      done(null, Buffer.from(decoding.decode()));
    },
  });
}
