import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { expect, onTestFinished, test } from "vitest";
import { hostileNames } from "../../test/support/hostile-names.ts";
import { ProblemReport } from "./problem-report.ts";

test("S16: what was in a cell stays in its cell of the report, is no formula there and one line on the terminal", () => {
  const directory = mkdtempSync(path.join(tmpdir(), "retention-report-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, "file.errors.csv");
  const report = new ProblemReport(file);
  for (const [index, value] of hostileNames.entries()) {
    report.add({ line: index + 2, column: "first_name", value, reason: value });
  }
  report.close();

  const [header, ...rows]: string[][] = parse(readFileSync(file, "utf8"), { bom: true });
  expect(header).toEqual(["line", "column", "value", "reason"]);
  const withoutMark = (row: string[]) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, ""));
  expect(rows.map(withoutMark)).toEqual(
    hostileNames.map((name, index) => [String(index + 2), "first_name", name, name]),
  );
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);

  const lines = report.lines();
  expect(lines).toHaveLength(22);
  expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
});
