import { parseDay } from "#lib/calendar";
import { AppError } from "#lib/errors";
import { printable } from "#lib/printable";
import { localDate, readings } from "./cells/day.ts";
import type { ShapedFile } from "./inspect-file.ts";
import { type Kind, shorten } from "./kind.ts";
import type { Header } from "./read-header.ts";
import { BrokenFile, readRecords } from "./read-records.ts";

type Seen = { iso: number; dayFirst: number; monthFirst: number; example?: { line: number; value: string } };

/** Asks a person how the whole file writes its days: one that can be read in two ways is never guessed. */
export class DatesQuestion extends AppError {
  constructor(
    readonly line: number,
    readonly column: string,
    readonly value: string,
    readonly hint: string,
  ) {
    super("invalid", `${ask(line, column, value)} Say it for the whole file: --dates dmy or --dates mdy.${hint}`);
  }

  /** What to ask where there is no command line. */
  get question() {
    return `${ask(this.line, this.column, this.value)}${this.hint}`;
  }
}

const ask = (line: number, column: string, value: string) =>
  `The days in ${column} are not written year-month-day (line ${line}: ${printable(shorten(value))}). Is that day/month or month/day?`;

/** @throws DatesQuestion when a column has days like 03/04/1990, and none that is written 1990-04-03. */
export async function checkDates(file: ShapedFile, header: Header, kind: Kind): Promise<void> {
  if (!file.mayHaveLocalDates) {
    return;
  }
  const columns = header.names.flatMap((name, position) =>
    name && kind.dateColumns.includes(name) ? [{ name, position, seen: emptySeen() }] : [],
  );
  try {
    for await (const { line, cells } of readRecords(file)) {
      for (const { position, seen } of columns) {
        look(cells[position]?.trim() ?? "", line, seen);
      }
    }
  } catch (error) {
    // The import itself reports where the file breaks off.
    if (!(error instanceof BrokenFile)) {
      throw error;
    }
  }
  const asked = columns.find(({ seen }) => seen.example && seen.iso === 0);
  if (asked?.seen.example) {
    throw new DatesQuestion(asked.seen.example.line, asked.name, asked.seen.example.value, hint(asked.seen));
  }
}

const emptySeen = (): Seen => ({ iso: 0, dayFirst: 0, monthFirst: 0 });

function look(text: string, line: number, seen: Seen) {
  if (parseDay(text.slice(0, 10))) {
    seen.iso++;
  } else if (localDate.test(text)) {
    const { dmy, mdy } = readings(text);
    seen.dayFirst += dmy && !mdy ? 1 : 0;
    seen.monthFirst += mdy && !dmy ? 1 : 0;
    if (dmy || mdy) {
      seen.example ??= { line, value: text };
    }
  }
}

function hint({ dayFirst, monthFirst }: Seen) {
  if (dayFirst > 0 && monthFirst > 0) {
    return ` It mixes both: ${dayFirst} can only be day/month, ${monthFirst} only month/day.`;
  }
  const [count, name] = dayFirst > 0 ? [dayFirst, "day/month"] : [monthFirst, "month/day"];
  return count > 0 ? ` ${count} of them can only be ${name}.` : "";
}
