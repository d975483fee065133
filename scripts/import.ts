import { ringBell } from "#db/bells";
import { connect } from "#db/client";
import { readClock } from "#engine/clock";
import { DatesQuestion } from "#importing/check-dates";
import { type ImportSummary, importFile } from "#importing/import-file";
import { type Problem, shorten } from "#importing/kind";
import { fileSource } from "#importing/source";
import { AppError } from "#lib/errors";
import { readDatabaseUrls } from "./database-urls.ts";
import { type Arguments, readArguments } from "./import/arguments.ts";
import { ProblemReport } from "./import/problem-report.ts";
import { progressBar } from "./import/progress-bar.ts";
import { describeImport } from "./import/summary.ts";
import { withLocalEnv } from "./local-database.ts";
import { CommandError, runCommand } from "./run-command.ts";

type Counts = Pick<ImportSummary, "read" | "created" | "updated" | "unchanged" | "refused">;

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2));
  try {
    process.exitCode = await withLocalEnv(() => run(given));
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
    if (given.asJson) {
      printJson({ read: 0, created: 0, updated: 0, unchanged: 0, refused: 0 }, [asProblem(error)]);
    }
    throw new CommandError(error.message);
  }
});

async function run(given: Arguments): Promise<number> {
  const { db, close } = connect({ connectionString: readDatabaseUrls().appUrl, max: 2, applicationName: "import" });
  const bar = progressBar(process.stderr);
  const report = new ProblemReport(`${given.path}.errors.csv`);
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  process.once("SIGTERM", () => interrupted.abort());
  try {
    const clock = await readClock(db);
    const options = {
      ...given,
      source: await fileSource(given.path),
      signal: interrupted.signal,
      onProgress: bar.show,
      onProblem: (problem: Problem) => report.add(problem),
    };
    const summary = await importFile(db, options, clock);
    if (!given.isDryRun) {
      await ringBell(db, "steps");
    }
    bar.clear();
    print(given, summary, report, interrupted.signal.aborted);
    return summary.refused > 0 || interrupted.signal.aborted ? 2 : 0;
  } finally {
    bar.clear();
    report.close();
    await close();
  }
}

function print(given: Arguments, summary: ImportSummary, report: ProblemReport, isInterrupted: boolean) {
  const lines = [
    ...describeImport(summary, given),
    ...report.lines(),
    ...(isInterrupted ? ["Interrupted: run the same command again, it goes on from where it stopped."] : []),
  ];
  if (given.asJson) {
    printJson(summary, report.kept);
    if (report.count > report.kept.length || isInterrupted) {
      console.error(lines.slice(-1).join("\n"));
    }
  } else {
    console.log(lines.join("\n"));
  }
}

function printJson({ read, created, updated, unchanged, refused }: Counts, problems: Problem[]) {
  const errors = [...problems]
    .sort((a, b) => a.line - b.line)
    .map(({ line, column, value, reason }) => ({ line, column, value, reason }));
  process.stdout.write(`${JSON.stringify({ read, created, updated, unchanged, refused, errors })}\n`);
}

/** What keeps a whole file from being taken, in the shape of a line's problem. */
function asProblem(error: AppError): Problem {
  return error instanceof DatesQuestion
    ? { line: error.line, column: error.column, value: shorten(error.value), reason: error.message }
    : { line: 1, column: "", value: "", reason: error.message };
}
