/** The elements that an email's body may hold: text, tables, pictures. What is not named here is taken out. */
export const allowedTags = [
  ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "section", "article", "header", "footer", "main", "nav", "aside"],
  ...["ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "address", "hr", "br", "wbr"],
  ...["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"],
  ...["a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp"],
  ...["small", "span", "strong", "sub", "sup", "time", "u", "var", "img"],
  // Long out of date, and what the programs that gyms copy their emails from still write.
  ...["big", "center", "font", "strike", "tt"],
];

/** What stands alone, without an end of its own. */
export const voidTags = ["br", "hr", "img", "col", "wbr"];

/** The page around a body. It is taken off without a word: the layout brings its own. */
export const pageTags = ["html", "head", "body", "title"];

/** Whose content is no text for a reader, and goes with them. */
export const speechlessTags = [
  ...[
    "script",
    "style",
    "title",
    "textarea",
    "option",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
    "template",
  ],
];

export const allowedAttributes: Record<string, string[]> = {
  "*": [
    ...["style", "class", "id", "title", "lang", "dir", "role", "aria-*", "align", "valign", "bgcolor", "background"],
    ...["width", "height", "border", "color", "hspace", "vspace", "summary"],
  ],
  a: ["href", "target", "rel", "name"],
  img: ["src", "alt"],
  table: ["cellpadding", "cellspacing"],
  td: ["colspan", "rowspan", "nowrap", "headers", "scope"],
  th: ["colspan", "rowspan", "nowrap", "headers", "scope"],
  col: ["span"],
  colgroup: ["span"],
  ol: ["start", "type", "reversed"],
  ul: ["type"],
  li: ["value", "type"],
  font: ["face", "size"],
  time: ["datetime"],
};

/** Where addresses stand, of those that are allowed. */
export const addressAttributes = ["href", "src", "background"];

export const isAllowedAttribute = (tag: string, name: string): boolean =>
  [...(allowedAttributes["*"] ?? []), ...(allowedAttributes[tag] ?? [])].includes(name) || /^aria-[a-z]+$/.test(name);
