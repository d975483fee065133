import { z } from "zod";

/** Why a cell cannot be taken, in words that name the way out. */
export class Refusal {
  constructor(readonly reason: string) {}
}

const suspicious = /[\0\ud800-\udfff\ufffd\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * One column's cells: what their text means. An empty cell is null. Characters that turn the direction of text are
 * dropped, since they can make a name read as something else; what cannot be stored is refused.
 */
export function cell<Value>(read: (text: string) => Value | Refusal) {
  return z.string().transform((raw, context): Value | null => {
    const text = suspicious.test(raw) ? clean(raw) : raw;
    const value = text === "" || text instanceof Refusal ? text || null : read(text);
    if (value instanceof Refusal) {
      context.addIssue({ code: "custom", message: value.reason });
      return z.NEVER;
    }
    return value;
  });
}

function clean(raw: string): string | Refusal {
  if (raw.includes("\0")) {
    return new Refusal("has a character that cannot be stored (U+0000): delete it");
  }
  if (raw.includes("\ufffd") || /\p{Surrogate}/u.test(raw)) {
    return new Refusal("has a broken character: write it anew, or save the file as UTF-8");
  }
  return raw.replace(bidiControls, "");
}

/** Text as it is, but for spaces around it. */
export function textCell(maxLength: number) {
  return cell((raw) => {
    const text = trimSpaces(raw);
    if (text.length > maxLength && [...text].length > maxLength) {
      return new Refusal(`has ${[...text].length} characters: ${maxLength} at most`);
    }
    return text || null;
  });
}

/** One of a few words, or of their translations. */
export function wordCell<Word extends string>(words: Record<string, Word>, expected: string) {
  return cell((text) => words[text.trim().toLowerCase()] ?? new Refusal(`one of: ${expected}`));
}

function trimSpaces(text: string) {
  return text.replace(/^[ \u00a0]+|[ \u00a0]+$/g, "");
}
