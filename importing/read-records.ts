import { CsvError, type Options, Parser } from "csv-parse";
import type { ShapedFile } from "./inspect-file.ts";

type CsvRecord = {
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
export async function* readRecords(file: ShapedFile, onBytes?: (bytes: number) => void): AsyncGenerator<CsvRecord> {
  let line = 1;
  for await (const { rows, error } of readRows(file, onBytes)) {
    for (const cells of rows) {
      if (cells.some(isUnclosed)) {
        throw new BrokenFile(line, "a quote is not closed");
      }
      if (cells.length > 1 || cells[0] !== "") {
        yield { line, cells };
      }
      line += 1 + cells.reduce((breaks, text) => breaks + countBreaks(text), 0);
    }
    if (error) {
      throw error instanceof CsvError ? explain(error, line) : error;
    }
  }
}

type Rows = { rows: string[][]; error?: Error | null };

/** The rows of one piece of the file after the other, also those before an error in the same piece. */
async function* readRows(file: ShapedFile, onBytes?: (bytes: number) => void): AsyncGenerator<Rows> {
  const decoding = file.encoding === "utf-8" ? null : new TextDecoder(file.encoding);
  const collector = new RowCollector({
    delimiter: file.separator,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRecordBytes,
  });
  for await (const piece of file.source.read(file.markBytes)) {
    onBytes?.(piece.length);
    yield await collector.parse(decoding ? decoding.decode(piece, { stream: true }) : piece);
  }
  yield await collector.parse(decoding?.decode() ?? "");
  yield await collector.finish();
}

/** Takes the parser's rows as they come: its own stream would drop those that wait in it when an error follows. */
class RowCollector extends Parser {
  #rows: string[][] = [];

  constructor(options: Options) {
    super(options);
    // Each call is answered with the error itself.
    this.on("error", () => {});
  }

  override push(row: string[] | null): boolean {
    if (row) {
      this.#rows.push(row);
    }
    return true;
  }

  parse(piece: Buffer | string): Promise<Rows> {
    return new Promise((resolve) => this.write(piece, (error) => resolve(this.#answer(error))));
  }

  finish(): Promise<Rows> {
    return new Promise((resolve) => this.end((error?: Error) => resolve(this.#answer(error))));
  }

  #answer(error: Error | null | undefined): Rows {
    const rows = this.#rows;
    this.#rows = [];
    return { rows, error };
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
