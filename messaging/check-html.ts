import { type Finding, positionOf } from "#lib/templates/check-source";
import { findConstructs, isLiquid } from "#lib/templates/liquid";
import { protectLiquid } from "#lib/templates/protect-liquid";
import { findUnbalanced } from "./plain-html.ts";
import { type Removal, sanitizeHtml } from "./sanitize-html.ts";
import { blankHidden } from "./tag-finder.ts";

/**
 * What becomes of an email's HTML when it is saved, and what its author should know: which parts are taken out, and what
 * nobody but the author can put right. HTML whose Liquid is broken is left alone.
 */
export function cleanHtml(source: string): { html: string; findings: Finding[] } {
  if (!isLiquid(source)) {
    return { html: source, findings: [] };
  }
  const { html, removals } = sanitizeHtml(source);
  const findings = [
    ...findUnquoted(source),
    ...explainUnsafe(source, removals),
    ...removals.filter(({ kind }) => kind !== "unsafe").map(({ kind, index }) => at(source, index, "error", why[kind])),
    ...findLost(html),
    ...(html === source ? [] : findOpen(source)),
  ];
  return { html, findings };
}

const why = {
  unsafe: "",
  address:
    "A link must start with https://, mailto:, tel: or {{ app_url }}, with the whole host written out and nothing before it.",
  torn: "A tag inside of quotes ends inside of the same quotes: write {% if … %} and {% endif %} between them.",
} satisfies Record<Removal["kind"], string>;

const at = (source: string, index: number, severity: Finding["severity"], message: string): Finding => ({
  ...positionOf(source, index),
  severity,
  message,
});

/** More would be a wall of text. */
const namedAtMost = 8;

function explainUnsafe(source: string, removals: Removal[]): Finding[] {
  const unsafe = removals.filter(({ kind }) => kind === "unsafe");
  const [first] = unsafe;
  if (!first) {
    return [];
  }
  const count = unsafe.length === 1 ? "1 unsafe part removed" : `${unsafe.length} unsafe parts removed`;
  const named = unsafe.slice(0, namedAtMost).map(({ what, index }) => {
    const { line, column } = positionOf(source, index);
    return `${what} (line ${line}, column ${column})`;
  });
  const more = unsafe.length > namedAtMost ? [`and ${unsafe.length - namedAtMost} more`] : [];
  return [at(source, first.index, "warning", `${count}: ${[...named, ...more].join(", ")}.`)];
}

/** Stands for each character of what Liquid reads. */
const value = "\ue000";
const tag = /<\/?([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)/gi;
const attribute = /([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?/g;

/** Values that no quotes hold could become attributes of their own. */
function findUnquoted(source: string): Finding[] {
  return Array.from(blankHidden(source.replaceAll(value, " "), value).matchAll(tag))
    .filter(({ 2: attributes = "" }) =>
      Array.from(attributes.matchAll(attribute)).some(
        ([, key = "", quoted = ""]) => key.includes(value) || (quoted.includes(value) && !/^["']/.test(quoted)),
      ),
    )
    .map(({ index, 1: name = "" }) =>
      at(source, index, "error", `What stands in {{ … }} or {% … %} inside of <${name} …> needs quotes around it.`),
    );
}

/** A tag that goes with what is removed around it leaves its other half behind. */
function findLost(html: string): Finding[] {
  return isLiquid(html)
    ? []
    : [at(html, 0, "error", "A tag such as {% if … %} stands inside of a part that is removed: take it out of there.")];
}

/** What is left open is closed at the end, which is another place where tags choose. */
function findOpen(source: string): Finding[] {
  const { masked, restore } = protectLiquid(source);
  const open = findConstructs(source).some(({ isTag }) => isTag) ? findUnbalanced(masked) : null;
  return open
    ? [
        at(
          source,
          restore(masked.slice(0, open.index)).length,
          "warning",
          `<${open.tag}> is not begun as often as it is ended: begin and end it between the same {% … %}.`,
        ),
      ]
    : [];
}
