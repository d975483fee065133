import { type Extensions, InputRule, Mark, mergeAttributes, Node, nodePasteRule } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { ListItem } from "@tiptap/extension-list";
import { StarterKit } from "@tiptap/starter-kit";
import type { LabelChip } from "./chip.ts";

/** A placeholder or a tag of Liquid, in one piece. */
const Placeholder = Node.create<{ label: LabelChip }>({
  name: "placeholder",
  group: "inline",
  inline: true,
  atom: true,
  addOptions: () => ({ label: (source) => source }),
  addAttributes: () => ({ source: { default: "" } }),
  parseHTML: () => [
    { tag: "span[data-liquid]", getAttrs: (element) => ({ source: element.getAttribute("data-liquid") ?? "" }) },
  ],
  renderHTML({ node, HTMLAttributes: { source: _, ...attributes } }) {
    const source: string = node.attrs.source;
    const shown = { "data-liquid": source, "data-tag": source.startsWith("{%") || undefined, title: source };
    return ["span", mergeAttributes(attributes, shown), this.options.label(source)];
  },
  renderText: ({ node }) => node.attrs.source,
  addInputRules() {
    return [
      new InputRule({
        find: /(?:\{\{[^{}]*\}\}|\{%[^{}]*%\})$/,
        handler: ({ state, range, match }) => {
          state.tr.replaceWith(range.from, range.to, this.type.create({ source: match[0] }));
        },
      }),
    ];
  },
  addPasteRules() {
    return [
      nodePasteRule({
        find: /\{\{[^{}]*\}\}|\{%[^{}]*%\}/g,
        type: this.type,
        getAttributes: ([source]) => ({ source }),
      }),
    ];
  },
});

/** Leads nowhere while it is edited. */
const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [
    { tag: "a[data-href]", getAttrs: (element) => ({ href: element.getAttribute("data-href") ?? "" }) },
    { tag: "a[href]", getAttrs: (element) => ({ href: element.getAttribute("href") ?? "" }) },
  ],
  renderHTML: ({ mark }) => ["a", { "data-href": mark.attrs.href, title: mark.attrs.href }, 0],
});

const Button = Node.create({
  name: "button",
  group: "block",
  content: "(text | placeholder)*",
  marks: "",
  defining: true,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [
    { tag: "div[data-button]", getAttrs: (element) => ({ href: element.getAttribute("data-button") ?? "" }) },
  ],
  renderHTML: ({ node }) => ["div", { "data-button": node.attrs.href }, ["span", 0]],
});

/** Its name stands for it: pages show no pictures from elsewhere, the preview does. */
const Image = Node.create({
  name: "image",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" }, width: { default: null } }),
  parseHTML: () => [
    {
      tag: "div[data-picture]",
      getAttrs: (element) => ({
        src: element.getAttribute("data-picture") ?? "",
        alt: element.getAttribute("data-alt") ?? "",
        width: Number(element.getAttribute("data-width")) || null,
      }),
    },
  ],
  renderHTML: ({ node: { attrs } }) => [
    "div",
    { "data-picture": attrs.src, "data-alt": attrs.alt, "data-width": attrs.width },
    attrs.alt || attrs.src || "A picture",
  ],
});

/** What an email's body may hold: just what its HTML gives back. */
export const createExtensions = (label: LabelChip): Extensions => [
  StarterKit.configure({
    blockquote: false,
    code: false,
    codeBlock: false,
    link: false,
    listItem: false,
    trailingNode: false,
    heading: { levels: [1, 2, 3] },
  }),
  Blockquote.extend({ content: "paragraph+" }),
  ListItem.extend({ content: "paragraph (bulletList | orderedList)*" }),
  Placeholder.configure({ label }),
  Link,
  Button,
  Image,
];
