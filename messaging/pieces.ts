/** A text in pieces: what stands in it for every reader and, between two of these, what is one reader's own. */
export type Pieces<Fill> = { shared: string[]; own: Fill[] };

/** Put together as a template literal is. */
export function weave(shared: string[], own: string[]): string {
  let text = shared[0] ?? "";
  for (let index = 0; index < own.length; index++) {
    text += (own[index] ?? "") + (shared[index + 1] ?? "");
  }
  return text;
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
