const most = 40;

/** Invisible characters, and those that turn the direction of what follows. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What somebody gave, for a sentence: shortened, and on one line. */
export function quote(value: unknown): string {
  if (value === undefined) {
    return "nothing";
  }
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "a list" : "an object";
  }
  return typeof value === "string" ? `'${shorten(value)}'` : shorten(String(value));
}

function shorten(text: string): string {
  const start = [...text.slice(0, 2 * most)].slice(0, most).join("");
  return `${start.replace(unprintable, spellOut)}${start.length < text.length ? "…" : ""}`;
}

const spellOut = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`;
