import type { Language } from "#emails/copy";
import { parseDay } from "#lib/calendar";

const locales: Record<Language, string> = { en: "en-GB", de: "de-CH", fr: "fr-CH", it: "it-CH" };
const formatters = new Map<Language, Intl.DateTimeFormat>();
/** Days in words by language; messages of one night share a handful of them. */
const known = new Map<string, string>();

/** A calendar day as people write it, `31 December 2026`; what is no day stays as it is. */
export function formatDay(day: string, language: Language): string {
  const key = language + day;
  let words = known.get(key);
  if (words === undefined) {
    words = parseDay(day) ? formatterOf(language).format(new Date(`${day}T00:00:00Z`)) : day;
    if (known.size > 10_000) {
      known.clear();
    }
    known.set(key, words);
  }
  return words;
}

function formatterOf(language: Language) {
  let formatter = formatters.get(language);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locales[language], {
      timeZone: "UTC",
      day: "numeric",
      month: "long",
      year: "numeric",
    });
    formatters.set(language, formatter);
  }
  return formatter;
}
