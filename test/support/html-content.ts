import { Parser } from "htmlparser2";

type Piece = { text: string; isTag: boolean };

/** Tags with their attributes, and texts, one after the other. */
function piecesOf(html: string): Piece[] {
  const pieces: Piece[] = [];
  const keep = (text: string, isTag = true) => void pieces.push({ text, isTag });
  const parser = new Parser({
    onopentag: (tag, attributes) => keep(`\0<${tag}${Object.entries(attributes).flat().join("")}\0`),
    ontext: (text) => keep(text, false),
    onclosetag: (tag) => keep(`\0</${tag}\0`),
    oncomment: (comment) => keep(`\0<!--${comment}\0`),
    onprocessinginstruction: (_, data) => keep(`\0<${data}\0`),
  });
  parser.end(html);
  return pieces;
}

const join = (pieces: Piece[]) => pieces.map(({ text }) => text).join("");

/** What a mail is made of and what it says, set apart by a character that no name holds. */
export const contentOf = (html: string): string => join(piecesOf(html));

/** What it is made of, whatever it says. */
export const structureOf = (html: string): string => join(piecesOf(html).filter(({ isTag }) => isTag));

/** What it says, however it is made. */
export const textsOf = (html: string): string => join(piecesOf(html).filter(({ isTag }) => !isTag));
