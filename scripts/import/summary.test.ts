import { expect, test } from "vitest";
import { ProblemReport } from "./problem-report.ts";
import { describeImport } from "./summary.ts";

const hostile = "\u001b]0;owned\u0007\u001b[2J\u009b31m\r\nshoe";
const harmless = " ]0;owned  [2J 31m  shoe";

test("a column's name is printed and does nothing to the terminal", () => {
  const counts = { read: 1, created: 1, updated: 0, unchanged: 0, refused: 0, notes: {} };
  const summary = { ...counts, encoding: "utf-8" as const, separator: "," as const, ignoredColumns: [hostile, "size"] };
  const given = { kind: "members" as const, path: "a.csv", isDryRun: false, asJson: false };
  expect(describeImport(summary, given)).toContain(`Columns that nobody knows here were ignored: ${harmless}, size.`);
});

test("nor does a cell of the report", () => {
  const report = new ProblemReport("/nowhere/a.csv.errors.csv");
  report.add({ line: 2, column: "email", value: hostile, reason: "one address" });
  expect(report.lines()[1]).toBe(`2     email   ${harmless}  one address`);
});
