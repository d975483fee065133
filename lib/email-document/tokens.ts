import { decodeEntities } from "../templates/decode-entities.ts";
import { findConstructs, isLiquid } from "../templates/liquid.ts";

export type Token = { line: number } & (
  | { kind: "open"; name: string; attributes: Record<string, string> }
  | { kind: "close"; name: string }
  | { kind: "text"; text: string }
  | { kind: "liquid"; source: string }
);

/** What the visual editor cannot hold without changing it, and where it stands; lines count from 1. */
export type Obstacle = { what: string; line: number };

export class Unreadable extends Error {
  constructor(readonly obstacle: Obstacle) {
    super(obstacle.what);
  }
}

const element = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/gi;
const attribute = /([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
/** Stands for a construct, with its number in between. */
const mark = /\ue000(\d+)\ue001/;
const everyMark = new RegExp(mark, "g");

/**
 * HTML in pieces, its Liquid apart.
 * @throws Unreadable at what is no element as we write them, broken Liquid too.
 */
export function readTokens(html: string): Token[] {
  if (!isLiquid(html) || /[\ue000\ue001\0]/.test(html)) {
    throw new Unreadable({ what: "placeholders that cannot be read", line: 1 });
  }
  const { masked, constructs } = mask(html);
  const restore = (text: string) => text.replace(everyMark, (_, index) => constructs[Number(index)] ?? "");
  const tokens: Token[] = [];
  let line = 1;
  let read = 0;
  for (const match of masked.matchAll(element)) {
    addText(masked.slice(read, match.index));
    const [whole, slash, written = "", attributes = ""] = match;
    const name = written.toLowerCase();
    tokens.push(
      slash ? { kind: "close", name, line } : { kind: "open", name, attributes: readAttributes(attributes), line },
    );
    line += countLines(restore(whole));
    read = match.index + whole.length;
  }
  addText(masked.slice(read));
  return tokens;

  /** Odd pieces are the marks' numbers: they are what the split captures. */
  function addText(text: string) {
    for (const [index, piece] of text.split(mark).entries()) {
      const source = constructs[Number(piece)] ?? "";
      if (index % 2 === 1) {
        tokens.push({ kind: "liquid", source, line });
        line += countLines(source);
      } else if (piece) {
        tokens.push({ kind: "text", text: readText(piece, line), line });
        line += countLines(piece);
      }
    }
  }

  function readAttributes(text: string): Record<string, string> {
    const pairs = Array.from(text.matchAll(attribute), ([, name = "", double, single]) => {
      const pieces = (double ?? single ?? "").split(mark);
      const value = pieces.map((piece, index) => (index % 2 === 1 ? (constructs[Number(piece)] ?? "") : decode(piece)));
      return [name.toLowerCase(), value.join("")];
    });
    return Object.fromEntries(pairs);
  }
}

function mask(html: string): { masked: string; constructs: string[] } {
  const constructs: string[] = [];
  let masked = "";
  let read = 0;
  for (const { begin, end } of findConstructs(html)) {
    masked += `${html.slice(read, begin)}\ue000${constructs.length}\ue001`;
    constructs.push(html.slice(begin, end));
    read = end;
  }
  return { masked: masked + html.slice(read), constructs };
}

const countLines = (text: string) => text.split("\n").length - 1;

function readText(text: string, line: number): string {
  const entities = text.match(/&#?\w+;/g) ?? [];
  const strange = /<[^\s<>]*>?/.exec(text)?.[0] ?? entities.find((entity) => decode(entity) === entity);
  if (strange) {
    throw new Unreadable({ what: strange, line: line + countLines(text.slice(0, text.indexOf(strange))) });
  }
  return decode(text);
}

/** A space that must not be broken at is another character here than a space. */
const decode = (text: string) => decodeEntities(text.replace(/&nbsp;|&#160;|&#xa0;/gi, "\u00a0"));
