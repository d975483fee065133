import { findConstructs } from "#lib/templates/liquid";

/** What looks like HTML and is none. */
const hidden =
  /<!--[\s\S]*?(?:-->|$)|(<(script|style|title|textarea|xmp|iframe|noembed|noframes)\b[^<>]*>)[\s\S]*?(?=<\/\2|$)/gi;

/** The source with blanks where Liquid and what is not read as HTML stand: all else is where it was. */
export function blankHidden(source: string, liquidAs = " "): string {
  let text = "";
  let read = 0;
  for (const { begin, end } of findConstructs(source)) {
    text += source.slice(read, begin) + liquidAs.repeat(end - begin);
    read = end;
  }
  return (text + source.slice(read)).replace(
    hidden,
    (whole, opening: string | undefined) => (opening ?? "") + " ".repeat(whole.length - (opening ?? "").length),
  );
}

/** Answers, tag by tag in the order of the source, where the next one of a name begins. */
export function createTagFinder(source: string): (name: string) => number {
  const places = new Map<string, number[]>();
  for (const { index, 1: name = "" } of blankHidden(source).matchAll(/<([a-z][^\s/>]*)/gi)) {
    const key = name.toLowerCase();
    places.set(key, places.get(key) ?? []);
    places.get(key)?.push(index);
  }
  const asked = new Map<string, number>();
  return (name) => {
    const nth = asked.get(name) ?? 0;
    asked.set(name, nth + 1);
    const found = places.get(name) ?? [];
    return found[nth] ?? found.at(-1) ?? 0;
  };
}
