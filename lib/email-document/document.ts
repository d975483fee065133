/** What an email's body is made of while it is edited, in the words of the editor's JSON. */

export type Mark = { type: "bold" | "italic" | "underline" | "strike" } | { type: "link"; attrs: { href: string } };

/** Liquid that stands in a text, `{{ … }}` or `{% … %}`, to the letter. */
type Placeholder = { type: "placeholder"; attrs: { source: string }; marks?: Mark[] };

export type Inline =
  | { type: "text"; text: string; marks?: Mark[] }
  | { type: "hardBreak"; marks?: Mark[] }
  | Placeholder;

export type Paragraph = { type: "paragraph"; content?: Inline[] };

export type List = { type: "bulletList" | "orderedList"; content: ListItem[] };

export type ListItem = { type: "listItem"; content: [Paragraph, ...List[]] };

export type Block =
  | Paragraph
  | List
  | { type: "heading"; attrs: { level: number }; content?: Inline[] }
  | { type: "blockquote"; content: Paragraph[] }
  | { type: "horizontalRule" }
  | { type: "button"; attrs: { href: string }; content?: Inline[] }
  | { type: "image"; attrs: { src: string; alt: string; width: number | null } };

export type EmailDocument = { type: "doc"; content: Block[] };

/** Marks from the outside in, each with the elements that may stand for it; the first is what we write. */
export const markElements = {
  link: ["a"],
  bold: ["strong", "b"],
  italic: ["em", "i"],
  underline: ["u"],
  strike: ["s", "strike", "del"],
} as const satisfies Record<Mark["type"], readonly string[]>;

export const markOrder = Object.keys(markElements) as Mark["type"][];

export const isSameMark = (a: Mark, b: Mark): boolean =>
  a.type === b.type && (a.type !== "link" || b.type !== "link" || a.attrs.href === b.attrs.href);
