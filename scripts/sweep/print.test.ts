import { expect, onTestFinished, test, vi } from "vitest";
import { printSweep } from "./print.ts";

test("a workflow's name moves no cursor and begins no line", () => {
  const printed: string[] = [];
  const stdout = vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  onTestFinished(() => stdout.mockRestore());
  const counts = { matched: 1, alreadyAnswered: 0, baseline: 0, onCooldown: 0, held: 1, started: 0, missed: 0 };
  const name = "Evil\u001b[2J\nStarted 999";
  const needsAttention = [{ path: "steps", message: "says \u001b[31m this" }];
  printSweep({
    clock: { now: new Date("2026-11-22T03:00:00Z"), today: "2026-11-22", timeZone: "Europe/Zurich" },
    workflows: [{ id: 1, name, needsAttention, ...counts }],
    ...{ heldBefore: new Map(), drained: null, isDryRun: false, isJson: false },
  });
  const text = printed.join("");
  expect(text).not.toContain("\u001b");
  expect(text.split("\n").filter((line) => line.startsWith("Started"))).toEqual([]);
  expect(text).toContain("Evil [2J Started 999 (1) needs attention: steps says  [31m this");
});
