import { format } from "node:util";
import type { Log } from "#lib/log";
import { describeError } from "#lib/mask";

/**
 * Sends what Next and its libraries print through the log, where it is masked. An error with a digest was logged in
 * full when it happened, under that id.
 */
export function routeConsoleTo(log: Log): void {
  const write =
    (level: "info" | "warn" | "error") =>
    (...args: unknown[]) => {
      const error = args.find((arg) => arg instanceof Error);
      if (error && "digest" in error) {
        return;
      }
      const words = args.filter((arg) => arg !== error);
      log[level](
        error ? { err: describeError(error) } : {},
        words.length > 0 ? format(...words) : "an error was printed",
      );
    };
  Object.assign(console, { log: write("info"), info: write("info"), warn: write("warn"), error: write("error") });
}
