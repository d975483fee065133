import { randomUUID } from "node:crypto";
import { findConstructs } from "./liquid.ts";

/** A piece of a protected text: what was written as it is, or a `{{ … }}` or `{% … %}` that a mark stands for. */
export type Part = { kind: "text" | "output" | "tag"; source: string };

export type ProtectedLiquid = {
  /** The source with a mark for each construct. Marks are no letters of any language, and no blanks. */
  masked: string;
  /** The constructs for their marks, in whatever is left of the masked text. */
  restore(text: string): string;
  hasMark(text: string): boolean;
  partsOf(text: string): Part[];
};

/**
 * Puts `{{ … }}` and `{% … %}` aside while something else is done to a text: they may hold `<`, quotes and capitals.
 * @throws where Liquid cannot tell where a construct ends.
 */
export function protectLiquid(source: string): ProtectedLiquid {
  // Random, so that nothing anybody wrote can be taken for one; in small letters, as names in HTML become.
  const key = randomUUID().replaceAll("-", "");
  const mark = new RegExp(`\ue000${key}-(\\d+)\ue001`);
  const constructs = findConstructs(source);
  const partAt = (index: number): Part => {
    const { begin, end, isTag } = constructs[index] ?? { begin: 0, end: 0, isTag: false };
    return { kind: isTag ? "tag" : "output", source: source.slice(begin, end) };
  };
  let masked = "";
  let read = 0;
  for (const [index, { begin, end }] of constructs.entries()) {
    masked += `${source.slice(read, begin)}\ue000${key}-${index}\ue001`;
    read = end;
  }
  /** Odd pieces are the marks' numbers: they are what the split captures. */
  const partsOf = (text: string): Part[] =>
    text
      .split(mark)
      .map((piece, index): Part => (index % 2 === 1 ? partAt(Number(piece)) : { kind: "text", source: piece }))
      .filter(({ source: written }) => written !== "");
  return {
    masked: masked + source.slice(read),
    restore: (text) =>
      partsOf(text)
        .map(({ source: written }) => written)
        .join(""),
    hasMark: (text) => mark.test(text),
    partsOf,
  };
}

/** A source after `convert` was at what stands around its Liquid. */
export function aroundLiquid(source: string, convert: (text: string) => string): string {
  const { masked, restore } = protectLiquid(source);
  return restore(convert(masked));
}
