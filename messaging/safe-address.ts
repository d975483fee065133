import type { Part } from "#lib/templates/protect-liquid";
import { safeUrl } from "./safe-url.ts";

/** What an address may begin with besides `https://`: what fits a picture fits no button. */
type Allowed = { paths?: boolean; others?: RegExp };

/** A placeholder that holds a whole address is named so, and its value is checked for each reader. */
const wholeAddress = /^\{\{-?\s*[a-z_]\w*_url\s*(?:\|\s*default:\s*(?:"([^"]*)"|'([^']*)')\s*)?-?\}\}$/i;

/** Stands for what is not known yet. */
const something = "x";

/**
 * Whether an address with placeholders in it leads where its beginning says, whatever they are filled in with. Where
 * tags choose between beginnings, each of them has to be one.
 */
export function isSafeAddress(parts: Part[], allowed: Allowed): boolean {
  const [head, ...rest] = withoutBlankStart(parts);
  if (!head) {
    return true;
  }
  if (head.kind === "tag") {
    return splitAtTags(rest).every((choice) => isSafeAddress(choice, allowed));
  }
  if (head.kind === "text") {
    return isSafeStart(head.source, rest, allowed);
  }
  const [whole, double, single] = wholeAddress.exec(head.source) ?? [];
  const fallback = double ?? single ?? "";
  // `{{ app_url }}@evil.example` is a page of evil.example.
  const goesOn = rest.length === 0 || (rest[0]?.kind === "text" && /^(?:[/?#]|\s*$)/.test(rest[0].source));
  return Boolean(whole) && goesOn && (fallback === "" || isSafeStart(fallback, [], allowed));
}

function isSafeStart(start: string, rest: Part[], { paths = false, others }: Allowed): boolean {
  const isWhole = rest.length === 0;
  const address = start + rest.map(({ kind, source }) => (kind === "text" ? source : something)).join("");
  if (others?.test(start)) {
    return !/[\p{Cc}\p{Cf}]/u.test(address);
  }
  const url = safeUrl(address.trim().replaceAll(" ", "%20"), "https://app.invalid");
  const isPath = start.startsWith("/");
  const hasWholeHost = isWhole || isPath || /^https:\/\/[^/?#]+[/?#]/i.test(start);
  return url !== null && hasWholeHost && (paths || !isPath);
}

function withoutBlankStart([first, ...rest]: Part[]): Part[] {
  if (first?.kind !== "text") {
    return first ? [first, ...rest] : [];
  }
  const source = first.source.trimStart();
  return source ? [{ ...first, source }, ...rest] : withoutBlankStart(rest);
}

function splitAtTags(parts: Part[]): Part[][] {
  const groups: Part[][] = [[]];
  for (const part of parts) {
    if (part.kind === "tag") {
      groups.push([]);
    } else {
      groups.at(-1)?.push(part);
    }
  }
  return groups;
}

/** Schemes that do something instead of leading somewhere; white space and control characters hide none. */
export const isScript = (address: string): boolean => {
  const [, scheme = ""] = /^([a-z][a-z0-9+.-]*):/i.exec(address.replace(/[\s\p{Cc}\p{Cf}]/gu, "")) ?? [];
  return scheme !== "" && !/^https?$/i.test(scheme);
};
