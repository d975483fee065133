import { decodeEntities } from "#lib/templates/decode-entities";
import { escapeHtml } from "#lib/templates/escape-html";
import { aroundLiquid } from "#lib/templates/protect-liquid";

/**
 * The plain text of an HTML source, its placeholders untouched: filled in afterwards, it says what the HTML says.
 * Links keep their address, lists their dashes; nothing is upper-cased.
 */
export function textFromHtml(html: string): string {
  return aroundLiquid(html, (source) =>
    decodeEntities(
      source
        .replace(/<!--[\s\S]*?-->|<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, "")
        .replace(/\s+/g, " ")
        .replace(/<a\b([^>]*)>([\s\S]*?)<\/a\s*>/gi, (_, attributes: string, label: string) =>
          linkText(attributes, label),
        )
        .replace(/<img\b[^>]*?\balt\s*=\s*"([^"]*)"[^>]*>/gi, "$1")
        .replace(/ ?<br\b[^>]*> ?/gi, "\n")
        .replace(/ ?<li\b[^>]*> ?/gi, "\n- ")
        .replace(/ ?<hr\b[^>]*> ?/gi, "\n\n---\n\n")
        .replace(/ ?<\/?(p|div|h[1-6]|ul|ol|table|tr|section|article|blockquote|header|footer)\b[^>]*> ?/gi, "\n\n")
        .replace(/<\/t[dh]\s*>/gi, " ")
        .replace(/<(?:"[^"]*"|'[^']*'|[^'"<>])*>/g, ""),
    )
      .replace(/[ \t]*\n[ \t]*/g, "\n")
      // Long runs first: the next one looks ahead from each of their lines.
      .replace(/\n{3,}/g, "\n\n")
      .replace(/\n+(?=\n- )/g, "\n"),
  ).trim();
}

/** What a template says in plain text: its own, else what its HTML says. */
export const plainSource = (text: string | null, html: string | null): string =>
  text?.trim() ? text : textFromHtml(html ?? "");

/** The HTML of a plain text: a paragraph where a line is empty, a break where a line ends. */
export function htmlFromText(text: string): string {
  return aroundLiquid(text.trim(), (source) =>
    source
      .split(/\n\s*\n/)
      .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll("\n", "<br>")}</p>`)
      .join("\n"),
  );
}

/** A text source with all but its placeholders escaped for HTML. */
export const escapeSource = (text: string): string => aroundLiquid(text, escapeHtml);

function linkText(attributes: string, label: string) {
  const [, double, single] = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes) ?? [];
  const address = (double ?? single ?? "").replace(/^(mailto|tel):/i, "");
  const words = label.replace(/<[^>]*>/g, "").trim();
  return !address || words === address || address.startsWith("#") ? words : `${words}: ${address}`;
}
