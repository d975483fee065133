import sanitize from "sanitize-html";
import { isLiquid } from "#lib/templates/liquid";
import { type Part, type ProtectedLiquid, protectLiquid } from "#lib/templates/protect-liquid";
import {
  addressAttributes,
  allowedAttributes,
  allowedTags,
  isAllowedAttribute,
  pageTags,
  speechlessTags,
  voidTags,
} from "./allowed-html.ts";
import { isPlainHtml } from "./plain-html.ts";
import { isSafeAddress, isScript } from "./safe-address.ts";
import { isSafeStyle } from "./safe-style.ts";
import { createTagFinder } from "./tag-finder.ts";

/** Something that was taken out: what, where in the source, and whether that is for its author to put right. */
export type Removal = { what: string; index: number; kind: "unsafe" | "address" | "torn" };

export type Sanitized = { html: string; removals: Removal[] };

/**
 * HTML as it may stand in an email: what is on the list of allowed elements and attributes, and placeholders and tags
 * of Liquid letter by letter. What is fine stays as it was written. A second time changes nothing more.
 * @throws what Liquid throws where it cannot tell the source's Liquid from its HTML.
 */
export function sanitizeHtml(source: string): Sanitized {
  const liquid = protectLiquid(source);
  const find = createTagFinder(source);
  const around = { liquid, hasBorrowedNames: liquid.partsOf(liquid.masked).some(isBorrowing) };
  const removals: Removal[] = [];
  let place = 0;
  // NUL is read differently by every program, and never stored.
  const masked = sanitize(liquid.masked.replaceAll("\0", ""), {
    allowedTags,
    allowedAttributes,
    allowedSchemesAppliedToAttributes: [],
    disallowedTagsMode: "discard",
    nonTextTags: speechlessTags,
    selfClosing: voidTags,
    parseStyleAttributes: false,
    onOpenTag: (name) => {
      place = find(name);
    },
    transformTags: {
      "*": (tagName, attribs) => {
        const { kept, removed } = sift(tagName, attribs, around);
        removals.push(...removed.map((removal) => ({ ...removal, index: place })));
        return { tagName, attribs: kept };
      },
    },
  });
  return {
    html: removals.length === 0 && isPlainHtml(liquid.masked) ? source : liquid.restore(masked),
    removals,
  };
}

/** A loop may call anything an address: `{% for x_url in member_first_name %}`. */
const isBorrowing = ({ kind, source }: Part) => kind === "tag" && /^\{%-?\s*for\s+\w*_url\b/i.test(source);

type Around = { liquid: ProtectedLiquid; hasBorrowedNames: boolean };

type Found = Omit<Removal, "index">;

function sift(tag: string, attributes: Record<string, string>, around: Around) {
  const { liquid } = around;
  if (!allowedTags.includes(tag)) {
    return {
      kept: {},
      removed: pageTags.includes(tag) ? siftPage(tag, attributes) : siftUnknown(tag, attributes, liquid),
    };
  }
  const kept: Record<string, string> = {};
  const removed: Found[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const fault = judge(tag, name, value, around);
    if (fault) {
      removed.push({ what: `${liquid.restore(name)} of <${tag}>`, kind: fault });
    } else {
      kept[name] = value;
    }
  }
  return { kept, removed };
}

/** A page says how it wants to be read: that is nothing to speak of. What acts by itself is. */
const siftPage = (tag: string, attributes: Record<string, string>): Found[] =>
  Object.keys(attributes)
    .filter((name) => /^on/i.test(name))
    .map((name) => ({ what: `${name} of <${tag}>`, kind: "unsafe" }));

function siftUnknown(tag: string, attributes: Record<string, string>, liquid: ProtectedLiquid): Found[] {
  const isHarmless = tag === "meta" && !/refresh/i.test(attributes["http-equiv"] ?? "");
  return isHarmless ? [] : [{ what: `<${liquid.restore(tag)}>`, kind: "unsafe" }];
}

function judge(tag: string, name: string, value: string, around: Around): Removal["kind"] | null {
  const { liquid, hasBorrowedNames } = around;
  if (!isAllowedAttribute(tag, name)) {
    return "unsafe";
  }
  const parts = liquid.partsOf(value);
  // What opens here and closes elsewhere would take the quotes in between along.
  if (liquid.hasMark(value) && !isLiquid(liquid.restore(value))) {
    return "torn";
  }
  if (name === "style") {
    return isSafeStyle(parts) ? null : "unsafe";
  }
  if (addressAttributes.includes(name)) {
    const others = name === "href" ? /^(?:mailto:|tel:|#)/i : /^cid:/i;
    const isSafe = isSafeAddress(parts, { others }) && !(hasBorrowedNames && liquid.hasMark(value));
    return isSafe ? null : isScript(value) ? "unsafe" : "address";
  }
  return null;
}
