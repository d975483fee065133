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
  type Paragraph,
} from "./document.ts";
import { type Obstacle, readTokens, type Token, Unreadable } from "./tokens.ts";

export type { Obstacle };

type Parsed = { document: EmailDocument; obstacle: null } | { document: null; obstacle: Obstacle };

/**
 * An email's HTML as the visual editor takes it. What that could not give back as it was, is an obstacle: such HTML is
 * edited as it is written.
 */
export function parseEmailHtml(html: string): Parsed {
  try {
    return { document: readDocument(createReader(readTokens(html))), obstacle: null };
  } catch (error) {
    if (error instanceof Unreadable) {
      return { document: null, obstacle: error.obstacle };
    }
    throw error;
  }
}

type Reader = ReturnType<typeof createReader>;

function createReader(tokens: Token[]) {
  let place = 0;
  const reader = {
    peek: (ahead = 0): Token | undefined => tokens[place + ahead],
    next: (): Token | undefined => tokens[place++],
    isOpen: (name: string, ahead = 0) => isElement(tokens[place + ahead], "open", name),
    isClose: (name: string, ahead = 0) => isElement(tokens[place + ahead], "close", name),
    skipBlank() {
      while (tokens[place]?.kind === "text" && isBlank(tokens[place])) {
        place++;
      }
    },
    /** What is asked for comes next; else whatever is there instead is the obstacle. */
    take(kind: "open" | "close", name: string, allowed: string[] = []): Record<string, string> {
      const token = tokens[place];
      if (!isElement(token, kind, name)) {
        throw new Unreadable(explain(token, tokens));
      }
      place++;
      const attributes = token?.kind === "open" ? token.attributes : {};
      const strange = Object.keys(attributes).find((key) => !allowed.includes(key));
      if (strange) {
        throw new Unreadable({ what: `${strange} of <${name}>`, line: token?.line ?? 1 });
      }
      return attributes;
    },
    refuse(): never {
      throw new Unreadable(explain(tokens[place], tokens));
    },
  };
  return reader;
}

const isBlank = (token: Token | undefined) => token?.kind === "text" && /^[ \t\r\n]*$/.test(token.text);

const isElement = (token: Token | undefined, kind: "open" | "close", name: string) =>
  token?.kind === kind && token.name === name;

function explain(token: Token | undefined, tokens: Token[]): Obstacle {
  if (!token) {
    return { what: "an element that is not ended", line: tokens.at(-1)?.line ?? 1 };
  }
  const { line } = token;
  switch (token.kind) {
    case "open":
      return { what: `<${token.name}>`, line };
    case "close":
      return { what: `</${token.name}>`, line };
    case "liquid":
      return { what: `${token.source} between paragraphs`, line };
    case "text":
      return { what: "text outside of a paragraph", line };
  }
}

function readDocument(reader: Reader): EmailDocument {
  const content: Block[] = [];
  for (reader.skipBlank(); reader.peek(); reader.skipBlank()) {
    content.push(readBlock(reader));
  }
  return { type: "doc", content: content.length > 0 ? content : [{ type: "paragraph" }] };
}

function readBlock(reader: Reader): Block {
  const token = reader.peek();
  const name = token?.kind === "open" ? token.name : "";
  switch (name) {
    case "p":
      return readParagraph(reader);
    case "h1":
    case "h2":
    case "h3":
      reader.take("open", name);
      return { type: "heading", attrs: { level: Number(name[1]) }, ...readInline(reader, name) };
    case "ul":
    case "ol":
      return readList(reader);
    case "blockquote":
      return readQuote(reader);
    case "hr":
      reader.take("open", "hr");
      return { type: "horizontalRule" };
    default:
      return reader.refuse();
  }
}

/** A paragraph of nothing but a button or a picture is that. */
function readParagraph(reader: Reader): Block {
  reader.take("open", "p");
  const first = reader.peek();
  if (first?.kind === "open" && first.name === "a" && first.attributes.class === "button") {
    const { href = "" } = reader.take("open", "a", ["class", "href"]);
    const label = readInline(reader, "a", { isPlain: true });
    reader.take("close", "p");
    return { type: "button", attrs: { href }, ...label };
  }
  if (reader.isOpen("img") && reader.isClose("p", 1)) {
    const { src = "", alt = "", width } = reader.take("open", "img", ["src", "alt", "width"]);
    reader.take("close", "p");
    return { type: "image", attrs: { src, alt, width: readWidth(width, first?.line ?? 1) } };
  }
  const text = readInline(reader, "p");
  return { type: "paragraph", ...(isEmptyLine(text.content) ? {} : text) };
}

/** Without the break the line would have no height. */
const isEmptyLine = ([first, ...others]: Inline[] = []) =>
  first?.type === "hardBreak" && !first.marks && others.length === 0;

function readWidth(width: string | undefined, line: number): number | null {
  if (width !== undefined && !/^[1-9]\d{0,3}$/.test(width)) {
    throw new Unreadable({ what: "width of <img>", line });
  }
  return width === undefined ? null : Number(width);
}

function readList(reader: Reader): List {
  const name = reader.isOpen("ul") ? "ul" : "ol";
  reader.take("open", name);
  const content: ListItem[] = [];
  for (reader.skipBlank(); !reader.isClose(name); reader.skipBlank()) {
    reader.take("open", "li");
    const text: Paragraph = { type: "paragraph", ...readInline(reader, "li", { before: ["ul", "ol"] }) };
    const lists: List[] = [];
    for (reader.skipBlank(); reader.isOpen("ul") || reader.isOpen("ol"); reader.skipBlank()) {
      lists.push(readList(reader));
    }
    reader.take("close", "li");
    content.push({ type: "listItem", content: [text, ...lists] });
  }
  if (content.length === 0) {
    reader.refuse();
  }
  reader.take("close", name);
  return { type: name === "ul" ? "bulletList" : "orderedList", content };
}

function readQuote(reader: Reader): Block {
  reader.take("open", "blockquote");
  const content: Paragraph[] = [];
  for (reader.skipBlank(); !reader.isClose("blockquote"); reader.skipBlank()) {
    const block = reader.isOpen("p") ? readParagraph(reader) : reader.refuse();
    content.push(block.type === "paragraph" ? block : reader.refuse());
  }
  if (content.length === 0) {
    reader.refuse();
  }
  reader.take("close", "blockquote");
  return { type: "blockquote", content };
}

type InlineOptions = {
  /** No marks, no line breaks. */
  isPlain?: boolean;
  /** Elements that end the text without being its own end. */
  before?: string[];
};

/** All up to the end of an element, which is taken too. */
function readInline(
  reader: Reader,
  end: string,
  { isPlain = false, before = [] }: InlineOptions = {},
): { content?: Inline[] } {
  const nodes: Inline[] = [];
  const open: { name: string; mark: Mark }[] = [];
  const marksNow = () => {
    const marks = markOrder.flatMap((type) => open.find(({ mark }) => mark.type === type)?.mark ?? []);
    return marks.length > 0 ? { marks } : {};
  };
  for (;;) {
    const token = reader.peek();
    if (open.length === 0 && before.some((name) => reader.isOpen(name))) {
      break;
    }
    if (open.length === 0 && reader.isClose(end)) {
      if (before.length === 0) {
        reader.next();
      }
      break;
    }
    if (token?.kind === "text") {
      nodes.push({ type: "text", text: token.text, ...marksNow() });
      reader.next();
    } else if (token?.kind === "liquid") {
      nodes.push({ type: "placeholder", attrs: { source: token.source }, ...marksNow() });
      reader.next();
    } else if (token?.kind === "close" && token.name === open.at(-1)?.name) {
      open.pop();
      reader.next();
    } else if (!isPlain && reader.isOpen("br")) {
      reader.take("open", "br");
      nodes.push({ type: "hardBreak", ...marksNow() });
    } else if (!isPlain && token?.kind === "open") {
      open.push(readMark(reader, token.name));
    } else {
      reader.refuse();
    }
  }
  const content = tidy(nodes);
  return content.length > 0 ? { content } : {};
}

function readMark(reader: Reader, name: string): { name: string; mark: Mark } {
  const type = markOrder.find((candidate) => (markElements[candidate] as readonly string[]).includes(name));
  if (!type) {
    return reader.refuse();
  }
  const { href = "" } = reader.take("open", name, type === "link" ? ["href"] : []);
  return { name, mark: type === "link" ? { type, attrs: { href } } : { type } };
}

/** White space as HTML shows it: one space for each run of it, none at the ends of a line. */
function tidy(nodes: Inline[]): Inline[] {
  const tidied: Inline[] = [];
  let isAfterSpace = true;
  for (const node of nodes) {
    if (node.type !== "text") {
      if (node.type === "hardBreak") {
        trimLast(tidied);
      }
      tidied.push(node);
      isAfterSpace = node.type === "hardBreak";
      continue;
    }
    const text = node.text.replace(/[ \t\r\n]+/g, " ").replace(/^ /, isAfterSpace ? "" : " ");
    if (text) {
      addText(tidied, { ...node, text });
      isAfterSpace = text.endsWith(" ");
    }
  }
  trimLast(tidied);
  return tidied;
}

function addText(nodes: Inline[], node: Inline & { type: "text" }) {
  const last = nodes.at(-1);
  if (last?.type === "text" && hasSameMarks(last, node)) {
    nodes[nodes.length - 1] = { ...last, text: last.text + node.text };
  } else {
    nodes.push(node);
  }
}

const hasSameMarks = ({ marks: a = [] }: Inline, { marks: b = [] }: Inline) =>
  a.length === b.length &&
  a.every((mark, index) => {
    const other = b[index];
    return other !== undefined && isSameMark(mark, other);
  });

function trimLast(nodes: Inline[]) {
  const last = nodes.at(-1);
  if (last?.type === "text" && last.text.endsWith(" ")) {
    nodes.pop();
    const text = last.text.slice(0, -1);
    if (text) {
      nodes.push({ ...last, text });
    }
  }
}
