import { expect, test } from "vitest";
import { readArguments } from "./arguments.ts";

test.each([
  [["people", "a.csv"], /^Usage/],
  [["members", "a.csv", "b.csv"], /^Usage/],
  [["members", "a.csv", "--force"], /Unknown option '--force'[\s\S]*Usage/],
  [["members", "a.csv", "--dates", "ymd"], /^--dates is dmy/],
])("%j is no import", (argv, message) => {
  expect(() => readArguments(argv)).toThrow(message);
});

test("options stand before or behind the file", () => {
  expect(readArguments(["--json", "visits", "--dates=mdy", "a.csv", "--dry-run"])).toEqual({
    ...{ kind: "visits", path: "a.csv", dates: "mdy", isDryRun: true, asJson: true },
  });
});
