import { findNames, isLiquidError, longestSource, parseLiquid } from "./liquid.ts";
import { findNearest } from "./nearest-name.ts";

/** Where and what; lines and columns count from 1. */
export type Finding = { line: number; column: number; severity: "error" | "warning"; message: string };

/** Syntax, unknown names and what looks like the placeholders of other programs. */
export function checkSource(source: string | null, known: ReadonlySet<string>): Finding[] {
  try {
    return source ? [...checkNames(source, known), ...checkForeign(source)] : [];
  } catch (error) {
    return [describeSyntaxError(error)];
  }
}

function checkNames(source: string, known: ReadonlySet<string>): Finding[] {
  return findNames(parseLiquid(source))
    .filter(({ name }) => !known.has(name))
    .map(({ name, line, column }) => ({ line, column, severity: "error", message: describeUnknown(name, known) }));
}

function describeUnknown(name: string, known: ReadonlySet<string>) {
  const nearest = findNearest(name, known);
  return nearest ? `'${name}' is unknown – did you mean ${nearest}?` : `'${name}' is unknown.`;
}

type WithToken = Error & { token: { getPosition(): [number, number] }; originalError?: Error };

function describeSyntaxError(error: unknown): Finding {
  if (!isLiquidError(error)) {
    throw error;
  }
  if (!("token" in error)) {
    const message = `This is too long: ${longestSource} characters are the most.`;
    return { line: 1, column: 1, severity: "error", message };
  }
  const { token, originalError, message } = error as WithToken;
  const [line, column] = token.getPosition();
  const reason = (originalError?.message ?? message).replace(/, line:\d+.*$/s, "");
  const [, tag] = /^tag "(.+)" not found$/.exec(reason) ?? [];
  const [, filter] = /^undefined filter: (.+)$/.exec(reason) ?? [];
  return {
    line,
    column,
    severity: "error",
    message: tag
      ? `The tag '${tag}' is not available; there are if, unless, case and for.`
      : filter
        ? `The filter '${filter}' is not available.`
        : `This cannot be read: ${reason}.`,
  };
}

/** How other programs write a placeholder. Sent as it stands: what the gym meant by it is nobody's guess. */
const foreign = /\$\{[^}]*\}|<%[\s\S]*?%>|\*\|[A-Z_:]+\|\*/g;

function checkForeign(source: string): Finding[] {
  const rest = source.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (construct) => construct.replace(/[^\n]/g, " "));
  const strangers = Array.from(
    rest.matchAll(foreign),
    ({ 0: text, index }): Finding => ({
      ...positionOf(source, index),
      severity: "warning",
      message: `'${text}' is sent as it stands here; a placeholder is written {{ member_first_name }}.`,
    }),
  );
  const strays = Array.from(
    rest.matchAll(/\}\}/g),
    ({ index }): Finding => ({
      ...positionOf(source, index),
      severity: "error",
      message: "'}}' without '{{' before it.",
    }),
  );
  return [...strangers, ...strays];
}

export function positionOf(source: string, index: number): { line: number; column: number } {
  const before = source.slice(0, index).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
