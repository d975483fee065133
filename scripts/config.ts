import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { connect, type Db } from "#db/client";
import { readClock } from "#engine/clock";
import type { FileProblem } from "#engine/config/config-file";
import { exportConfig } from "#engine/config/export-config";
import { type ConfigImport, importConfig } from "#engine/config/import-config";
import { parseConfig } from "#engine/config/parse-config";
import { templateRules } from "#messaging/template-rules";
import { readDatabaseUrls } from "./database-urls.ts";
import { withLocalEnv } from "./local-database.ts";
import { CommandError, runCommand } from "./run-command.ts";

const usage = `Usage: npm run config -- export FILE [--json]
       npm run config -- import FILE [--include-current] [--dry-run] [--json]

  Writes or reads all workflows and templates as one JSON file. An import creates what is new, updates what has the
  same name, and takes the file whole or not at all.
  --include-current  what the file switches on starts also for those who match now, not only from now on
  --dry-run          says what would happen, and stores nothing
  --json             one object on stdout and nothing else`;

type Arguments = {
  command: "export" | "import";
  path: string;
  includeCurrent: boolean;
  isDryRun: boolean;
  asJson: boolean;
};

await runCommand(async () => {
  const given = readArguments();
  // Before a database is started for it.
  const bytes = given.command === "import" ? readBytes(given.path) : undefined;
  process.exitCode = await withLocalEnv(async () => {
    const { db, close } = connect({ connectionString: readDatabaseUrls().appUrl, max: 2, applicationName: "config" });
    try {
      return bytes ? await bringIn(db, bytes, given) : await writeOut(db, given);
    } finally {
      await close();
    }
  });
});

function readArguments(): Arguments {
  const { values, positionals } = parse();
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  const [command, path, ...more] = positionals;
  const isImport = command === "import";
  if (!(isImport || command === "export") || !path || more.length > 0) {
    throw new CommandError(usage);
  }
  const { "include-current": includeCurrent, "dry-run": isDryRun, json: asJson } = values;
  if (!isImport && (includeCurrent || isDryRun)) {
    throw new CommandError(`--include-current and --dry-run belong to import\n\n${usage}`);
  }
  return { command, path, includeCurrent, isDryRun, asJson };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        "include-current": { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

async function writeOut(db: Db, { path, asJson }: Arguments): Promise<number> {
  const { text, templates, workflows, needsAttention } = await exportConfig(db, templateRules);
  writeWhole(path, text);
  if (asJson) {
    printJson({ templates, workflows, needsAttention });
  } else {
    print([`Wrote ${templates} templates and ${workflows} workflows to ${path}.`, ...list(needsAttention)]);
  }
  return needsAttention.length > 0 ? 2 : 0;
}

/** Half a backup must never stand where a whole one was. */
function writeWhole(path: string, text: string) {
  const part = `${path}.${randomUUID()}.part`;
  try {
    writeFileSync(part, text, { flag: "wx" });
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw new CommandError(`${path} cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}

async function bringIn(db: Db, bytes: Uint8Array, given: Arguments): Promise<number> {
  const { includeCurrent, isDryRun, asJson } = given;
  const options = { rules: templateRules, includeCurrent, isDryRun };
  const result = await importConfig(db, parseConfig(bytes), options, await readClock(db));
  if (asJson) {
    printJson({ dryRun: isDryRun, ...result });
  } else {
    printResult(result, given);
  }
  return result.problems.length > 0 ? 1 : result.warnings.length > 0 ? 2 : 0;
}

function printResult({ templates, workflows, warnings, problems }: ConfigImport, { path, isDryRun }: Arguments) {
  if (problems.length > 0) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    process.stderr.write(`${[`Nothing was taken from ${path}: ${count}.`, ...list(problems)].join("\n")}\n`);
    return;
  }
  const { created, updated, unchanged, switchedOn, switchedOff } = workflows;
  print([
    ...(isDryRun ? ["A dry run, nothing was stored:"] : []),
    `Templates: ${templates.created} new, ${templates.updated} updated, ${templates.unchanged} unchanged.`,
    `Workflows: ${created} new, ${updated} updated, ${unchanged} unchanged; ${switchedOn} switched on, ${switchedOff} off.`,
    ...list(warnings),
  ]);
}

/** What a file says must not move the cursor or colour the terminal. */
function list(problems: FileProblem[]): string[] {
  return problems.map(({ path, message }) => `${path || "file"}: ${message}`.replace(/\p{Cc}/gu, " "));
}

function print(lines: string[]) {
  process.stdout.write(`${lines.join("\n")}\n`);
}

function printJson(value: unknown) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
