import { getEnv } from "#env";
import { createLog, type Log } from "#lib/log";

let known: Log | undefined;

export function getLog(): Log {
  known ??= createLog({ name: "web", level: getEnv().LOG_LEVEL });
  return known;
}
