import { Liquid, type Template, Tokenizer, TokenKind } from "liquidjs";
import { escapeHtml } from "./escape-html.ts";

const tags = ["if", "unless", "case", "for"];

/** What cannot read the machine's clock, other templates or the escaping away. */
const filters = [
  ...["default", "upcase", "downcase", "capitalize", "strip", "lstrip", "rstrip", "strip_newlines"],
  ...["truncate", "truncatewords", "replace", "replace_first", "remove", "remove_first", "append", "prepend", "slice"],
  ...["split", "join", "first", "last", "size", "reverse", "sort", "uniq", "compact", "url_encode"],
  ...["plus", "minus", "times", "divided_by", "modulo", "abs", "round", "ceil", "floor", "at_least", "at_most"],
];

/** In characters. */
export const longestSource = 500_000;

const limits = { parseLimit: longestSource, renderLimit: 2_000, memoryLimit: 2_000_000 };

/** Whether an error is about a text that Liquid was given: its syntax, its size, what it costs to fill in. */
export const isLiquidError = (error: unknown): error is Error =>
  error instanceof Error && ("token" in error || error.name === "AssertionError");

function createEngine(outputEscape?: (value: unknown) => string) {
  const engine = new Liquid({
    ...limits,
    strictFilters: true,
    // Unknown names are refused when a template is saved; a known one without a value renders empty.
    strictVariables: false,
    ownPropertyOnly: true,
    dynamicPartials: false,
    relativeReference: false,
    templates: {},
    outputEscape,
  });
  keepOnly(engine.tags, tags);
  keepOnly(engine.filters, filters);
  return engine;
}

function keepOnly(registry: Record<string, unknown>, allowed: string[]) {
  for (const name of Object.keys(registry)) {
    if (!allowed.includes(name)) {
      delete registry[name];
    }
  }
}

/** A value as Liquid writes it. */
export function stringify(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  if (value === null || value === undefined) {
    return "";
  }
  return Array.isArray(value) ? value.map(stringify).join("") : String(value);
}

/** Where a value ends up: in HTML it is escaped. */
export type Sink = "html" | "text";

export const escapeFor: Record<Sink, (value: unknown) => string> = {
  html: (value) => escapeHtml(stringify(value)),
  text: stringify,
};

const engines: Record<Sink, Liquid> = { html: createEngine(escapeFor.html), text: createEngine() };

export const parseLiquid = (source: string, sink: Sink = "text"): Template[] => engines[sink].parse(source);

export const renderLiquid = (template: Template[], values: object, sink: Sink): string =>
  engines[sink].renderSync(template, values);

export type Construct = { begin: number; end: number; isTag: boolean };

/**
 * Where a source holds `{{ … }}` and `{% … %}`, as Liquid itself reads it: quotes may hold braces.
 * @throws where one is not closed.
 */
export function findConstructs(source: string): Construct[] {
  return new Tokenizer(source)
    .readTopLevelTokens(engines.text.options)
    .filter(({ kind }) => kind !== TokenKind.HTML)
    .map(({ begin, end, kind }) => ({ begin, end, isTag: kind === TokenKind.Tag }));
}

/** Whether a source can be filled in. */
export function isLiquid(source: string): boolean {
  try {
    parseLiquid(source);
    return true;
  } catch (error) {
    if (isLiquidError(error)) {
      return false;
    }
    throw error;
  }
}

/** The names that a template takes from outside, each with where it stands. */
export function findNames(template: Template[]): { name: string; line: number; column: number }[] {
  const { globals } = engines.text.analyzeSync(template, { partials: false });
  return Object.entries(globals).flatMap(([name, uses]) =>
    uses.map(({ location }) => ({ name, line: location.row, column: location.col })),
  );
}
