import { type Finding, positionOf } from "#lib/templates/check-source";
import { decodeEntities } from "./html-text.ts";

const forbidden = new Set(
  ["script", "iframe", "frame", "object", "embed", "applet", "form", "input", "button", "select", "textarea"].concat([
    "meta",
    "link",
    "base",
    "svg",
    "math",
    "style",
    "template",
    "noscript",
  ]),
);

/** Where addresses stand. */
const linking = new Set(["href", "src", "action", "formaction", "background", "poster", "srcset", "xlink:href"]);

const tag = /<\s*\/?\s*([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)/gi;
const attribute = /([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?/g;

/** Stands for each character of a placeholder, so that positions stay; Liquid's tags leave blanks. */
const value = "\ue000";

/** A placeholder that holds a whole address is named so; a first name at its beginning could be `javascript:`. */
const addressFromPlaceholder = /\b(?:href|src|background)\s*=\s*["']?\s*\{\{-?\s*([a-z_]\w*)/gi;

const badAddress = "A link must start with https://, mailto:, tel: or {{ app_url }}.";

/** What an email's HTML must not hold: what acts by itself, what leads astray, values that no quotes hold. */
export function checkHtml(html: string): Finding[] {
  const masked = html
    .replace(/\{\{[\s\S]*?\}\}/g, (output) => value.repeat(output.length))
    .replace(/\{%[\s\S]*?%\}|<!--[\s\S]*?-->/g, (construct) => " ".repeat(construct.length));
  const faults = Array.from(masked.matchAll(tag)).flatMap(({ index, 1: name = "", 2: attributes = "" }) =>
    [...new Set(findFaults(name.toLowerCase(), attributes))].map(
      (message): Finding => ({ ...positionOf(html, index), severity: "error", message }),
    ),
  );
  const strays = Array.from(html.matchAll(addressFromPlaceholder))
    .filter(({ 1: name = "" }) => !name.endsWith("_url"))
    .map(({ index }): Finding => ({ ...positionOf(html, index), severity: "error", message: badAddress }));
  return [...faults, ...strays];
}

function findFaults(name: string, attributes: string): string[] {
  if (forbidden.has(name)) {
    return [`<${name}> is not possible in an email.`];
  }
  const faults = Array.from(attributes.matchAll(attribute), ([, key = "", quoted = ""]) => {
    const isQuoted = /^["']/.test(quoted);
    if (key.includes(value) || (quoted.includes(value) && !isQuoted)) {
      return `A placeholder inside of <${name} …> needs quotes around it.`;
    }
    if (/^on/i.test(key)) {
      return `'${key}' is not possible in an email.`;
    }
    return linking.has(key.toLowerCase()) ? findBadAddress(isQuoted ? quoted.slice(1, -1) : quoted) : null;
  });
  return faults.filter((fault) => fault !== null);
}

function findBadAddress(raw: string): string | null {
  const address = decodeEntities(raw).replace(/[\s\p{Cc}\p{Cf}]/gu, "");
  const isFine = address === "" || address.startsWith(value) || /^(https:\/\/[^/]|mailto:|tel:|#|cid:)/i.test(address);
  return isFine ? null : badAddress;
}
