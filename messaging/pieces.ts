/** A text in pieces: what stands in it for every reader and, between two of these, what is one reader's own. */
export type Pieces<Fill> = { shared: string[]; own: Fill[] };

/** Puts a text together for one reader after the other. A function that stands in several places is asked once for each reader. */
export function weave<Given extends unknown[]>({ shared, own }: Pieces<(...given: Given) => string>) {
  const fills = [...new Set(own)];
  const places = own.map((fill) => fills.indexOf(fill));
  const [first = "", ...after] = shared;
  return (...given: Given): string => {
    const words = fills.map((fill) => fill(...given));
    let text = first;
    for (let index = 0; index < places.length; index++) {
      text += (words[places[index] ?? 0] ?? "") + (after[index] ?? "");
    }
    return text;
  };
}

/** What is wholly the reader's own is a function. */
export type Part<Fill> = string | { fill: Fill } | Pieces<Fill>;

/** One after the other. */
export function joinPieces<Fill>(parts: Part<Fill>[]): Pieces<Fill> {
  const shared = [""];
  const own: Fill[] = [];
  for (const part of parts) {
    const next = toPieces(part);
    const [first = "", ...rest] = next.shared;
    shared.push((shared.pop() ?? "") + first);
    for (const piece of rest) {
      shared.push(piece);
    }
    for (const fill of next.own) {
      own.push(fill);
    }
  }
  return { shared, own };
}

function toPieces<Fill>(part: Part<Fill>): Pieces<Fill> {
  if (typeof part === "string") {
    return { shared: [part], own: [] };
  }
  return "fill" in part ? { shared: ["", ""], own: [part.fill] } : part;
}
