const secretKey = /pass(word|wd)?$|secret|token|cookie|authorization|api_?key|credential/i;
const emailPattern = /([\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]*@([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)/gu;
const tokenPattern = /([?&](?:token|code|signature|key|secret)=)[^&\s"']+/gi;
/** Of an address, not of a route's pattern, which is written in brackets. */
const unsubscribePattern = /(\/unsubscribe\/)(?!\[)[^/?#\s"']+/gi;
const bearerPattern = /\b(bearer|basic)\s+[\w.~+/=-]+/gi;
const urlPasswordPattern = /(:\/\/[^:/@\s]*):[^@/\s]+@/g;

/** A text as it may stand in a log: `anna@example.ch` as `a***@example.ch`, and nothing that opens a door. */
export function maskText(text: string): string {
  return text
    .replace(urlPasswordPattern, "$1:***@")
    .replace(tokenPattern, "$1***")
    .replace(unsubscribePattern, "$1***")
    .replace(bearerPattern, "$1 ***")
    .replace(emailPattern, "$1***@$2");
}

/** The same for all that hangs on a value; keys that name a secret lose their value. */
export function maskDeep(value: unknown, depth = 0): unknown {
  if (typeof value === "string") {
    return maskText(value);
  }
  if (value instanceof Error) {
    return describeError(value);
  }
  if (typeof value === "bigint") {
    return String(value);
  }
  if (value === null || typeof value !== "object" || value instanceof Date) {
    return value;
  }
  if (depth > 6) {
    return "…";
  }
  if (Array.isArray(value)) {
    return value.map((item) => maskDeep(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretKey.test(key) ? "***" : maskDeep(item, depth + 1)]),
  );
}

type PostgresFields = { code?: unknown; table?: unknown; column?: unknown; constraint?: unknown };

/**
 * An error for the log. Drizzle's query errors carry the statement and its parameters in their message, and Postgres
 * quotes the offending value: both are left out.
 */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return maskDeep(error);
  }
  const { code, table, column, constraint } = error as PostgresFields;
  const digest = "digest" in error ? error.digest : undefined;
  const isQuery = error.name === "DrizzleQueryError" || ("query" in error && "params" in error);
  return dropEmpty({
    type: error.name,
    message: isQuery ? "A query failed" : maskText(withoutValues(error.message, code)),
    code,
    table,
    column,
    constraint,
    digest,
    stack: maskText(framesOf(error)),
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  });
}

/** Postgres's data exceptions (class 22) and constraint violations (23) repeat what was sent. */
export function withoutValues(message: string, code: unknown) {
  return typeof code === "string" && /^2[23]/.test(code) ? message.replace(/:?\s*".*$/s, "") : message;
}

/** The stack repeats the message; only its frames are wanted. */
function framesOf({ stack = "" }: Error) {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}

function dropEmpty(fields: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ""));
}
