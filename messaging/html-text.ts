import { escapeHtml } from "#lib/templates/escape-html";

/** `{{ … }}` and `{% … %}`: what must come through a conversion letter by letter. */
const liquid = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

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
      .replace(/\n+(?=\n- )/g, "\n"),
  )
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

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

/** Converts what stands around Liquid, which is put aside meanwhile: it may hold `<`, and names have capital letters. */
function aroundLiquid(source: string, convert: (source: string) => string) {
  const kept: string[] = [];
  const masked = source.replace(/[\ue000\ue001]/g, "").replace(liquid, (construct) => {
    kept.push(construct);
    return `\ue000${kept.length - 1}\ue001`;
  });
  return convert(masked).replace(/\ue000(\d+)\ue001/g, (_, index) => kept[Number(index)] ?? "");
}

const named: Record<string, string> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ndash: "–", mdash: "—", hellip: "…", bull: "•" },
  ...{ laquo: "«", raquo: "»", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", bdquo: "„", middot: "·", times: "×" },
  ...{ auml: "ä", ouml: "ö", uuml: "ü", Auml: "Ä", Ouml: "Ö", Uuml: "Ü", szlig: "ß", ccedil: "ç", euro: "€" },
  ...{
    eacute: "é",
    egrave: "è",
    ecirc: "ê",
    agrave: "à",
    acirc: "â",
    ugrave: "ù",
    ocirc: "ô",
    icirc: "î",
    igrave: "ì",
  },
  ...{ ograve: "ò", Eacute: "É", Egrave: "È", Agrave: "À", copy: "©", reg: "®" },
};

export function decodeEntities(text: string) {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : 0;
    if (code > 0) {
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }
    return named[name] ?? whole;
  });
}
