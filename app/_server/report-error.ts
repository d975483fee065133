import { randomBytes } from "node:crypto";
import { getLog } from "./log.ts";

/** What a client may know of a bug: an id to quote. Next passes `digest` on to error.tsx as it is. */
export class UnexpectedError extends Error {
  override name = "UnexpectedError";
  constructor(readonly digest: string) {
    super("Something went wrong on our side.");
  }
}

/** Logs an error under an id and gives back what may be shown of it. */
export function reportError(error: unknown, context: Record<string, unknown> = {}): UnexpectedError {
  const reported = new UnexpectedError(randomBytes(6).toString("hex"));
  getLog().error({ ...context, errorId: reported.digest, err: error }, "unexpected error");
  return reported;
}

/** Redirects, notFound() and forbidden() are thrown too, and belong to Next. */
export function isNextControlFlow(error: unknown): boolean {
  return error instanceof Error && "digest" in error && /^NEXT_/.test(String(error.digest));
}
