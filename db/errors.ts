/** The error that the database or its driver gave, under whatever wrapped it: wrappers carry the query's parameters. */
export function rootCause(error: unknown): Error {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? rootCause(cause) : error instanceof Error ? error : new Error(String(error));
}

/** SQLSTATE classes: connection, rollback by the server (deadlock), resources, operator intervention, system. */
const transientClasses = ["08", "40", "53", "57", "58", "25"];

/** Whether the same work may well succeed in a new transaction: the connection or the server failed, not the data. */
export function isTransient(error: unknown): boolean {
  const { code, message } = rootCause(error) as Error & { code?: unknown };
  if (typeof code === "string") {
    return transientClasses.includes(code.slice(0, 2)) || /^E[A-Z]+$/.test(code);
  }
  return /connection terminated|not queryable|timeout exceeded when trying to connect/i.test(message);
}

/** Whether a write failed because another row holds what that unique index keeps apart. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  const { code, constraint } = rootCause(error) as Error & { code?: unknown; constraint?: unknown };
  return code === "23505" && constraint === index;
}

/** Whether the server ended a statement for taking too long, or because somebody asked it to. */
export const isStatementTimeout = (error: unknown) => (rootCause(error) as Error & { code?: unknown }).code === "57014";
