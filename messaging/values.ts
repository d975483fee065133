import type { Language } from "#emails/copy";
import { formatDay } from "./format-day.ts";

/** What a placeholder may stand for, once it is tidied: nothing with a prototype of its own. */
export type Value = string | number | boolean | null | Value[];
export type Values = Record<string, Value>;

const day = /^\d{4}-\d{2}-\d{2}$/;
/** Control characters but tab and line feed, and the marks that turn the direction of the text that follows. */
const unwelcome = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const unwelcomeAll = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Values as templates see them: own and plain, calendar days in the words of the reader's language. */
export function tidyValues(values: Record<string, unknown>, language: Language): Values {
  const tidied: Values = Object.create(null);
  for (const name of Object.keys(values)) {
    tidied[name] = tidy(values[name], language, 0);
  }
  return tidied;
}

function tidy(value: unknown, language: Language, depth: number): Value {
  switch (typeof value) {
    case "string": {
      const text = tidyText(value);
      // Liquid takes an empty text for true: `{% if member_first_name %}` must not greet nobody.
      if (text.trim() === "") {
        return null;
      }
      return day.test(text) ? formatDay(text, language) : text;
    }
    case "number":
    case "boolean":
      return value;
    case "bigint":
      return String(value);
    default:
      return Array.isArray(value) && depth < 3 ? value.map((item) => tidy(item, language, depth + 1)) : null;
  }
}

/**
 * Without what would move a cursor or turn the text that follows round. Half of a character that needs two can be sent as
 * JSON, but not kept: a second try would send other bytes.
 */
export function tidyText(text: string): string {
  const whole = text.toWellFormed();
  return unwelcome.test(whole) ? whole.replace(/\r\n?/g, "\n").replace(unwelcomeAll, "") : whole;
}
