import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { buildEnv } from "../test/security/canaries.ts";
import { installMissingTools } from "./tools.ts";

/** Everything that CI runs, in its order, on any machine. Stops at the first step that fails. */
const reports = {
  unit: ".data/unit.json",
  e2e: ["newcomer", "postgres", "redis-away", "redis"].map((name) => `.data/${name}.json`),
};
const unitReport = ["--reporter=default", "--reporter=json", `--outputFile.json=${reports.unit}`];
const steps: [title: string, command: string, args: string[], env?: Record<string, string>][] = [
  ["style", "npm", ["run", "--silent", "lint"]],
  ["types", "npm", ["run", "--silent", "typecheck"]],
  ["unit and database tests", "npx", ["vitest", "run", ...unitReport]],
  ["production build", "npm", ["run", "--silent", "build"], buildEnv],
  ["browser tests", "npm", ["run", "--silent", "test:e2e"]],
];

mkdirSync(".data", { recursive: true });
for (const file of [reports.unit, ...reports.e2e]) {
  rmSync(file, { force: true });
}

const startedAt = performance.now();
const advice = installMissingTools();
if (advice) {
  console.error(advice);
}
let failedStep = advice && "tools";
for (const [title, command, args, env] of advice ? [] : steps) {
  const before = performance.now();
  console.log(`\n── ${title}`);
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  console.log(`── ${title}: ${((performance.now() - before) / 1000).toFixed(1)} s`);
  if (status !== 0) {
    failedStep = title;
    break;
  }
}

const { passed, failed } = count();
console.log(
  `\n${failedStep ? `Failed at: ${failedStep}` : "All green"}, ${((performance.now() - startedAt) / 1000).toFixed(0)} s in all`,
);
console.log(`${passed} passed, ${failedStep && failed === 0 ? 1 : failed} failed`);
process.exitCode = failedStep ? 1 : 0;

function count() {
  const unit = read(reports.unit);
  const e2e = reports.e2e.map(read);
  return {
    passed:
      (unit?.numPassedTests ?? 0) +
      e2e.reduce((sum, report) => sum + (report?.stats?.expected ?? 0) + flakyOf(report), 0),
    failed: (unit?.numFailedTests ?? 0) + e2e.reduce((sum, report) => sum + (report?.stats?.unexpected ?? 0), 0),
  };
}

/** Those that passed at the second try: the list of tests names them. */
function flakyOf(report: Report | undefined) {
  return report?.stats?.flaky ?? 0;
}

type Report = {
  numPassedTests?: number;
  numFailedTests?: number;
  stats?: { expected: number; unexpected: number; flaky: number };
};

function read(file: string): Report | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
