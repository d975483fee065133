import { escapeHtml } from "../templates/escape-html.ts";
import { type Construct, findConstructs, isLiquidError } from "../templates/liquid.ts";
import {
  type Block,
  type EmailDocument,
  type Inline,
  isSameMark,
  type List,
  type ListItem,
  type Mark,
  markElements,
  markOrder,
} from "./document.ts";

/** The HTML of an edited email. What was read from HTML comes out as it was; an email without a word is empty. */
export function writeEmailHtml({ content }: EmailDocument): string {
  const html = content.map(writeBlock).join("\n");
  return html === emptyParagraph ? "" : html;
}

/** A paragraph without anything in it would have no height. */
const emptyParagraph = "<p><br></p>";

function writeBlock(block: Block): string {
  switch (block.type) {
    case "paragraph":
      return writeParagraph(block);
    case "heading":
      return `<h${block.attrs.level}>${writeInline(block.content)}</h${block.attrs.level}>`;
    case "bulletList":
    case "orderedList":
      return writeList(block);
    case "blockquote":
      return `<blockquote>\n${block.content.map(writeParagraph).join("\n")}\n</blockquote>`;
    case "horizontalRule":
      return "<hr>";
    case "button":
      return `<p><a class="button" href="${escapeAround(block.attrs.href)}">${writeInline(block.content)}</a></p>`;
    case "image": {
      const { src, alt, width } = block.attrs;
      const size = width === null ? "" : ` width="${width}"`;
      return `<p><img src="${escapeAround(src)}" alt="${escapeAround(alt)}"${size}></p>`;
    }
  }
}

const writeParagraph = ({ content }: { content?: Inline[] }): string => {
  const inline = writeInline(content);
  return inline ? `<p>${inline}</p>` : emptyParagraph;
};

function writeList({ type, content }: List): string {
  const name = type === "bulletList" ? "ul" : "ol";
  return `<${name}>\n${content.map(writeItem).join("\n")}\n</${name}>`;
}

const writeItem = ({ content: [text, ...lists] }: ListItem): string =>
  `<li>${[writeInline(text.content), ...lists.map(writeList)].join(lists.length > 0 ? "\n" : "")}</li>`;

function writeInline(nodes: Inline[] = []): string {
  let html = "";
  let open: Mark[] = [];
  for (const node of holdSpaces(nodes)) {
    const marks = sortMarks(node.marks);
    const kept = countShared(open, marks);
    html += closeMarks(open.slice(kept)) + marks.slice(kept).map(openMark).join("") + writeNode(node);
    open = marks;
  }
  return html + closeMarks(open);
}

function writeNode(node: Inline): string {
  switch (node.type) {
    case "text":
      return escapeAround(node.text).replaceAll("&quot;", '"').replaceAll("&#39;", "'");
    case "hardBreak":
      return "<br>";
    case "placeholder":
      return node.attrs.source;
  }
}

const sortMarks = (marks: Mark[] = []) => markOrder.flatMap((type) => marks.find((mark) => mark.type === type) ?? []);

function countShared(a: Mark[], b: Mark[]): number {
  const different = a.findIndex((mark, index) => {
    const other = b[index];
    return !other || !isSameMark(mark, other);
  });
  return different === -1 ? a.length : different;
}

const closeMarks = (marks: Mark[]) =>
  marks
    .toReversed()
    .map(({ type }) => `</${markElements[type][0]}>`)
    .join("");

const openMark = (mark: Mark) =>
  mark.type === "link" ? `<a href="${escapeAround(mark.attrs.href)}">` : `<${markElements[mark.type][0]}>`;

/** Spaces that HTML would swallow: in a row all but the first are held, at the ends of a line there is nothing to hold. */
function holdSpaces(nodes: Inline[]): Inline[] {
  const held: Inline[] = [];
  let before: "line" | "space" | "word" = "line";
  for (const [index, node] of nodes.entries()) {
    if (node.type !== "text") {
      held.push(node);
      before = node.type === "hardBreak" ? "line" : "word";
      continue;
    }
    const isLast = nodes.slice(index + 1).every(isSpace) || nodes[index + 1]?.type === "hardBreak";
    const leading: string = before === "space" ? "\u00a0" : " ";
    const text: string = node.text
      .replace(/[\t\r\n]/g, " ")
      .replace(/^ +/, (run) => (before === "line" ? "" : leading + "\u00a0".repeat(run.length - 1)))
      .replace(isLast ? / +$/ : /(?!)/, "")
      .replace(/ {2,}/g, (run) => ` ${"\u00a0".repeat(run.length - 1)}`);
    if (text) {
      held.push({ ...node, text });
      before = text.endsWith(" ") ? "space" : "word";
    }
  }
  return held;
}

const isSpace = (node: Inline) => node.type === "text" && /^ *$/.test(node.text);

/** Liquid that was typed by hand stays as it is; all around it is escaped. */
function escapeAround(text: string): string {
  let escaped = "";
  let read = 0;
  for (const { begin, end } of constructsOf(text)) {
    escaped += escapeHtml(text.slice(read, begin)) + text.slice(begin, end);
    read = end;
  }
  return escaped + escapeHtml(text.slice(read));
}

function constructsOf(text: string): Construct[] {
  try {
    return findConstructs(text);
  } catch (error) {
    if (isLiquidError(error)) {
      return [];
    }
    throw error;
  }
}
