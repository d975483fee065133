import { expect, test } from "vitest";
import { readArguments } from "./arguments.ts";

test.each([
  [["--approve", "1", "--no-brake"], /^--approve does not go with --no-brake, only with --drain, --json/],
  [["--approve", "1", "--at", "2026-11-22"], /^--approve does not go with --at/],
  [["--approve", "1", "--explain", "2"], /^--approve does not go with --explain/],
  [
    ["--explain", "2", "--workflow", "1", "--drain"],
    /^--explain does not go with --drain, only with --workflow, --at, --json/,
  ],
  [["--explain", "2", "--workflow", "1", "--dry-run"], /^--explain does not go with --dry-run/],
  [["--explain", "2"], /^--explain also takes --workflow/],
  [["--enrol", "2"], /^--enrol also takes --workflow/],
  [["--enrol-tag", "vip", "--enrol", "2", "--workflow", "1"], /^--enrol does not go with --enrol-tag/],
  [["--enrol", "2", "--workflow", "1", "--dry-run"], /^--enrol does not go with --dry-run/],
  [["--workflow", "first"], /^--workflow takes a workflow's number, not "first"/],
  [["--dry-run", "--drain"], /^--dry-run does not go with --drain/],
  [["--nonsense"], /Unknown option '--nonsense'[\s\S]*Usage/],
])("%j is no sweep", (argv, message) => {
  expect(() => readArguments(argv)).toThrow(message);
});

test.each([
  [["--approve", "1", "--drain", "--json"], { approveId: 1, isDrain: true, isJson: true }],
  [["--explain", "2", "--workflow", "1", "--at", "2026-11-22"], { explainId: 2, workflowId: 1, at: "2026-11-22" }],
  [["--enrol", "2", "--workflow", "1", "--drain"], { enrolId: 2, workflowId: 1, isDrain: true }],
  [["--enrol-tag", "vip", "--workflow", "1"], { enrolTag: "vip", workflowId: 1 }],
  [["--dry-run", "--no-brake"], { isDryRun: true, noBrake: true }],
])("%j is one", (argv, asked) => {
  expect(readArguments(argv)).toMatchObject(asked);
});
