import { parseArgs } from "node:util";
import { type KindName, kindNames } from "#importing/kinds/all";
import { CommandError } from "../run-command.ts";

export const usage = `Usage: npm run import -- ${kindNames.join("|")} FILE [--dry-run] [--json] [--dates dmy|mdy]`;

export type Arguments = { kind: KindName; path: string; isDryRun: boolean; asJson: boolean; dates?: "dmy" | "mdy" };

/** @throws CommandError when they make no command. */
export function readArguments(argv: string[]): Arguments {
  const { values, positionals } = parse(argv);
  const [kind, path, ...more] = positionals;
  const known = kindNames.find((name) => name === kind);
  if (!known || !path || more.length > 0) {
    throw new CommandError(usage);
  }
  const { dates } = values;
  if (dates !== undefined && dates !== "dmy" && dates !== "mdy") {
    throw new CommandError("--dates is dmy (03/04 is 3 April) or mdy (03/04 is 4 March).");
  }
  return { kind: known, path, dates, isDryRun: values["dry-run"], asJson: values.json };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        "dry-run": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        dates: { type: "string" },
      },
    });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
