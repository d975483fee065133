import { allowedTags, voidTags } from "./allowed-html.ts";

const name = "[a-z][a-z0-9-]*";
const value = `(?:"[^"<>]*"|'[^'<>]*'|[a-z0-9#%]+)`;
const tag = new RegExp(`<(/?)(${name})((?:[ \\t\\r\\n]+${name}(?:=${value})?)*)[ \\t\\r\\n]*/?>`, "gi");
const attribute = new RegExp(`(${name})(?:=${value})?`, "gi");

/**
 * Whether all programs read this HTML the same way, so that it may stay as it was written: every `<` begins a tag that
 * is allowed, every value is in quotes, no attribute comes twice, and what is opened is closed. Liquid may choose
 * between its pieces, since none of them ends inside of a tag.
 */
export function isPlainHtml(masked: string): boolean {
  return !/[<\0]/.test(masked.replace(tag, readTag)) && findUnbalanced(masked) === null;
}

/** Nothing is left of a tag that is as it should be. */
function readTag(whole: string, slash: string, tagName: string, attributes: string): string {
  const names = Array.from(attributes.matchAll(attribute), ([, key = ""]) => key.toLowerCase());
  const isFine =
    isKnown(tagName) && new Set(names).size === names.length && !(slash && attributes) && !/&#(?!\w{1,7};)/.test(whole);
  return isFine ? "" : whole;
}

const isKnown = (tagName: string) => allowedTags.includes(tagName.toLowerCase());

/** The first element whose ends and beginnings don't add up. */
export function findUnbalanced(masked: string): { tag: string; index: number } | null {
  const open = new Map<string, number[]>();
  for (const { index, 1: slash, 2: written = "" } of masked.matchAll(tag)) {
    const tagName = written.toLowerCase();
    const places = open.get(tagName) ?? [];
    open.set(tagName, places);
    if (voidTags.includes(tagName)) {
      if (slash) {
        return { tag: tagName, index };
      }
    } else if (!slash) {
      places.push(index);
    } else if (places.pop() === undefined) {
      return { tag: tagName, index };
    }
  }
  const [left] = [...open].filter(([, places]) => places.length > 0);
  return left ? { tag: left[0], index: left[1].at(-1) ?? 0 } : null;
}
