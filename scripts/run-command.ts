import { EnvError } from "#env";
import { AppError } from "#lib/errors";
import { describeError } from "#lib/mask";

/** What whoever typed the command can put right: printed as it is, exit code 1. */
export class CommandError extends Error {
  override name = "CommandError";
}

/** Runs a command to its end; what went wrong is one line on stderr. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

function explain(error: unknown): string {
  if (error instanceof CommandError || error instanceof EnvError) {
    return error.message;
  }
  if (error instanceof AppError) {
    return [error.message, ...Object.entries(error.fields).map(([field, problem]) => `  ${field}: ${problem}`)].join(
      "\n",
    );
  }
  const code = codeOf(error);
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") {
    return "The database does not answer. Is it running, and is DATABASE_URL right?";
  }
  return JSON.stringify(describeError(error), null, 2);
}

function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return undefined;
  }
  return "code" in error ? error.code : codeOf(error.cause);
}
