import { isAscii } from "node:buffer";
import { AppError } from "#lib/errors";
import type { Source } from "./source.ts";

/** What must be known of a whole file before its first line can be taken. */
export type FileShape = {
  encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  /** Bytes of the byte order mark to skip. */
  markBytes: number;
  separator: "," | ";";
  /** Something in it looks like `03/04/1990`. */
  mayHaveLocalDates: boolean;
};

export type ShapedFile = FileShape & { source: Source };

const localDate = /\d{1,2}([./-])\d{1,2}\1\d{4}/;

/**
 * Reads a file once.
 * @throws AppError when it is empty or no CSV at all.
 */
export async function inspectFile(source: Source): Promise<FileShape> {
  if (source.bytes === 0) {
    throw new AppError("invalid", "The file is empty.");
  }
  let start: Buffer | undefined;
  let marked: Pick<FileShape, "encoding" | "markBytes"> | undefined;
  let mayHaveLocalDates = false;
  let wellFormed = 0;
  let broken = 0;
  let tail = "";
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const piece of source.read(0)) {
    if (!start) {
      start = piece;
      refuseOtherFormats(start);
      marked = readMark(start);
    }
    if (!mayHaveLocalDates) {
      const text = tail + (marked?.encoding.startsWith("utf-16") ? withoutNulls(piece) : piece.toString("latin1"));
      mayHaveLocalDates = localDate.test(text);
      tail = text.slice(-16);
    }
    // The decoder is fed all pieces, since a character may begin in one and end in the next.
    const decoded = utf8.decode(piece, { stream: true });
    if (!marked && !isAscii(piece)) {
      broken += countMatches(decoded, /\ufffd/g);
      wellFormed += countMatches(decoded, /[\u0080-\ufffc\ufffe\uffff]/g);
    }
  }
  const { encoding, markBytes } = marked ?? {
    encoding: broken > wellFormed ? ("windows-1252" as const) : ("utf-8" as const),
    markBytes: 0,
  };
  const head = new TextDecoder(encoding).decode(start?.subarray(markBytes));
  return { encoding, markBytes, separator: findSeparator(head), mayHaveLocalDates };
}

const otherFormats: [start: string, name: string][] = [
  ["PK", "PK"],
  ["MZ", "MZ"],
  ["%PDF", "%PDF"],
  ["\u007fELF", "ELF"],
  ["\u001f\u008b", "1F 8B, a gzip archive"],
  ["7z\u00bc\u00af", "7z"],
  ["Rar!", "Rar!"],
  ["BZh", "BZh"],
  ["\u00d0\u00cf\u0011\u00e0", "D0 CF, an old Excel workbook"],
  ["SQLite format", "SQLite format"],
  ["{\\rtf", "{\\rtf"],
  ["<", "<"],
  ["{", "{"],
  ["[", "["],
];

/** @throws AppError when a file that begins so is no CSV. */
export function refuseOtherFormats(start: Buffer): void {
  const text = start
    .subarray(0, 4096)
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "");
  const found = otherFormats.find(([magic]) => text.startsWith(magic));
  const firstLine = start.subarray(0, 512).subarray(0, text.slice(0, 512).search(/[\r\n]|$/));
  const isBinary = !readMark(start) && firstLine.some((byte) => byte < 9 || (byte > 13 && byte < 27));
  if (found || isBinary) {
    const seen =
      found?.[1] ??
      start
        .subarray(0, 2)
        .toString("hex")
        .toUpperCase()
        .replace(/..(?=.)/, "$& ");
    const hint = seen === "PK" || seen.startsWith("D0") ? " If it is a workbook, save the sheet as CSV." : "";
    throw new AppError("invalid", `This is not a CSV file (it starts with ${seen}).${hint}`);
  }
}

function readMark(start: Buffer): Pick<FileShape, "encoding" | "markBytes"> | undefined {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) {
    return { encoding: "utf-8", markBytes: 3 };
  }
  if (start[0] === 0xff && start[1] === 0xfe) {
    return { encoding: "utf-16le", markBytes: 2 };
  }
  if (start[0] === 0xfe && start[1] === 0xff) {
    return { encoding: "utf-16be", markBytes: 2 };
  }
  // A header is ASCII: in UTF-16 every other byte of it is zero.
  const [first, second, third, fourth] = start;
  if (first && second === 0 && third && fourth === 0) {
    return { encoding: "utf-16le", markBytes: 0 };
  }
  return first === 0 && second && third === 0 && fourth ? { encoding: "utf-16be", markBytes: 0 } : undefined;
}

function withoutNulls(piece: Buffer) {
  return piece.toString("latin1").replaceAll("\0", "");
}

function countMatches(text: string, pattern: RegExp) {
  return text.match(pattern)?.length ?? 0;
}

/** Whichever stands more often in the header, outside of quotes. */
function findSeparator(head: string): "," | ";" {
  const header = (/^\s*[^\r\n]*/.exec(head)?.[0] ?? "").replace(/"[^"]*"/g, "");
  return countMatches(header, /;/g) > countMatches(header, /,/g) ? ";" : ",";
}
