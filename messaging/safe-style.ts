import type { Part } from "#lib/templates/protect-liquid";
import { isSafeAddress } from "./safe-address.ts";

/** What runs in an old program, loads more styles, or moves a part of the email over another. */
const acting = /expression|javascript|behaviou?r|-moz-binding|@|(?<![\w-])position\s*:(?!\s*(?:static|relative)\b)/i;
/** Ways to write the above so that nobody finds it, and characters that end a style or an element. */
const hiding = /\\|\/\*|[<>{}]|&#|[^\P{Cc}\t\n\r]/u;

/** Whether the value of a `style` attribute only says how something looks. Its pictures come by https. */
export function isSafeStyle(parts: Part[]): boolean {
  const styles = parts.map(({ kind, source }) => (kind === "text" ? source : " x ")).join("");
  if (acting.test(styles) || hiding.test(styles)) {
    return false;
  }
  // An address that a placeholder makes is none that could be read here.
  return Array.from(styles.matchAll(/url\s*\(\s*["']?([^"')]*)/gi)).every(([, address = ""]) =>
    isSafeAddress([{ kind: "text", source: address }], {}),
  );
}
