import { isTimeZone } from "#lib/calendar";
import { cell, Refusal, textCell, wordCell } from "./cell.ts";

const yes = ["yes", "y", "true", "1", "ja", "j", "oui", "o", "si", "sì", "s"];
const no = ["no", "n", "false", "0", "nein", "non"];

/** A yes or a no. */
export function consentCell() {
  const words = Object.fromEntries([...yes.map((word) => [word, "yes"]), ...no.map((word) => [word, "no"])]);
  return wordCell<"yes" | "no">(words, "yes, no");
}

export function languageCell() {
  return cell((text) => {
    const [language] = text.trim().toLowerCase().split(/[-_]/);
    return language === "en" || language === "de" || language === "fr" || language === "it"
      ? language
      : new Refusal("one of: en, de, fr, it");
  });
}

export function statusCell() {
  return wordCell(
    { active: "active", frozen: "frozen", cancelled: "cancelled", canceled: "cancelled" },
    "active, frozen, cancelled",
  );
}

export function timeZoneCell() {
  // Asking the list costs as much as the rest of a line.
  const known = new Set<string>();
  return cell((raw) => {
    const text = raw.trim();
    if (!known.has(text) && !isTimeZone(text)) {
      return new Refusal("a zone from the IANA list, like Europe/Zurich");
    }
    known.add(text);
    return text;
  });
}

/** Words separated by `;`, each once. */
export function listCell(maxLength: number) {
  const word = textCell(maxLength);
  return cell((text) => {
    const words = text.split(";").map((part) => word.safeParse(part));
    const tooLong = words.find(({ success }) => !success);
    return tooLong
      ? new Refusal(`each at most ${maxLength} characters, separated by ;`)
      : [...new Set(words.flatMap(({ data }) => data ?? []))];
  });
}

/** A share between 0 and 1 with a dot, to four places. */
export function scoreCell() {
  return cell((raw) => {
    const text = raw.trim();
    const score = Number(text);
    return /^\d(\.\d+)?$/.test(text) && score <= 1
      ? Math.round(score * 10_000) / 10_000
      : new Refusal("a number between 0 and 1 with a dot, like 0.72");
  });
}
