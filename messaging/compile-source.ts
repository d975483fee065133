import { escapeFor, parseLiquid, renderLiquid, type Sink } from "#lib/templates/liquid";
import { joinPieces, type Pieces, weave } from "./pieces.ts";
import type { Values } from "./values.ts";

/** Fills in a template's field, or a part of it. Values are put in once and never read again. */
export type Compiled = (values: Values) => string;

export type CompiledPieces = Pieces<Compiled> & {
  /** Which values it asks for; null where Liquid may ask for any. */
  names: string[] | null;
};

type Placeholder = { name: string; fallback: string | undefined };
type Segment = string | Placeholder;

const plain = /\{\{-?\s*([A-Za-z_]\w*)\s*(?:\|\s*default:\s*(?:"([^"\\{}\r\n]*)"|'([^'\\{}\r\n]*)')\s*)?\}\}/g;
/** Names that mean something to Liquid itself. */
const reserved = new Set([
  "true",
  "false",
  "nil",
  "null",
  "empty",
  "blank",
  "size",
  "first",
  "last",
  "not",
  "and",
  "or",
  "contains",
]);

/** Plain placeholders, nearly all there are, need no Liquid: ten times faster, byte for byte the same. */
export function compilePieces(source: string, sink: Sink): CompiledPieces {
  const segments = toSegments(source);
  if (!segments) {
    return { ...joinPieces([{ fill: compileWithLiquid(source, sink) }]), names: null };
  }
  const fillOf = createFills(sink);
  const parts = segments.map((segment) => (typeof segment === "string" ? segment : { fill: fillOf(segment) }));
  const names = segments.flatMap((segment) => (typeof segment === "string" ? [] : segment.name));
  return { ...joinPieces(parts), names: [...new Set(names)] };
}

/** The same function for the same placeholder, so that whoever fills a text needs to ask it only once. */
function createFills(sink: Sink) {
  const write = escapeFor[sink];
  const fills = new Map<string, Compiled>();
  return (placeholder: Placeholder): Compiled => {
    const key = JSON.stringify([placeholder.name, placeholder.fallback]);
    const fill = fills.get(key) ?? ((values) => write(pick(values, placeholder)));
    fills.set(key, fill);
    return fill;
  };
}

export const fillPieces = ({ shared, own }: Pieces<Compiled>, values: Values): string =>
  weave(
    shared,
    own.map((fill) => fill(values)),
  );

export function compileSource(source: string, sink: Sink): Compiled {
  const pieces = compilePieces(source, sink);
  return (values) => fillPieces(pieces, values);
}

export function compileWithLiquid(source: string, sink: Sink): Compiled {
  const template = parseLiquid(source, sink);
  // A filter that cuts may leave half a character.
  return (values) => renderLiquid(template, values, sink).toWellFormed();
}

/** Null when there is more to it than placeholders. */
export function toSegments(source: string): Segment[] | null {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of source.matchAll(plain)) {
    const [whole, name = "", double, single] = match;
    if (reserved.has(name) || whole.startsWith("{{-")) {
      return null;
    }
    segments.push(source.slice(end, match.index), { name, fallback: double ?? single });
    end = match.index + whole.length;
  }
  segments.push(source.slice(end));
  const isPlain = segments.every(
    (segment) => typeof segment !== "string" || !(/\{[{%]/.test(segment) || segment.endsWith("{")),
  );
  return isPlain ? segments.filter((segment) => segment !== "") : null;
}

function pick(values: Values, { name, fallback }: Placeholder) {
  const value = values[name];
  if (fallback === undefined) {
    return value;
  }
  const isMissing = value === undefined || value === null || value === false || value === "";
  return isMissing || (Array.isArray(value) && value.length === 0) ? fallback : value;
}
