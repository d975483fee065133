import pino, { type DestinationStream, type Logger } from "pino";
import { describeError, maskDeep, maskText } from "./mask.ts";

export type Log = Logger;

type Options = { name: string; level?: string };

/**
 * JSON, one line an event, on stdout. Addresses are masked and secrets left out whatever is logged; control characters
 * are escaped by JSON itself.
 */
export function createLog({ name, level = "info" }: Options, destination?: DestinationStream): Log {
  return pino(
    {
      name,
      level,
      base: { name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError, error: describeError },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => maskDeep(fields) as Record<string, unknown>,
      },
      hooks: {
        logMethod(args, method) {
          const masked = args.map((arg) => (typeof arg === "string" ? maskText(arg) : arg));
          method.apply(this, masked as typeof args);
        },
      },
    },
    plain(destination ?? pino.destination({ fd: 1, sync: true })),
  );
}

/** JSON lets pass what can still break or turn round a line on a terminal: C1 controls, line separators, bidi marks. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function plain(destination: DestinationStream): DestinationStream {
  const toEscapes = (mark: string) =>
    mark
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join("");
  return {
    write(line: string) {
      destination.write(`${line.trimEnd().replace(invisible, toEscapes)}\n`);
    },
  };
}
