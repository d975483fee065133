import { expect, test } from "vitest";
import type { DraftStep } from "./draft.ts";
import { groupProblems, problemOf, problemsOfStep, problemsWithin } from "./problems.ts";

const tag = (id: number): DraftStep => ({ id, action: { type: "add_tag", params: {} } });
const steps: DraftStep[] = [
  tag(7),
  { id: 3, branch: { if: { type: "has_tag", params: {} }, then: [tag(5)], else: [tag(9), tag(4)] } },
];

test.each([
  ["trigger.params.inactive_days", "trigger"],
  ["steps.0.action.params.tag", 7],
  ["steps.1.branch.if.params.tag", 3],
  ["steps.1.branch.then.0.action.type", 5],
  ["steps.1.branch.else.1.action.params.tag", 4],
  ["steps", "workflow"],
  ["exit_when.0.type", "workflow"],
  ["name", "workflow"],
])("what is wrong at %s is told by its card", (path, owner) => {
  expect([...groupProblems([{ path, message: "" }], steps).keys()]).toEqual([owner]);
});

test("a field finds what is wrong with it, and no other does", () => {
  const found = problemsOfStep([{ path: "steps.1.branch.else.1.action.params.tag", message: "too long" }]);
  expect(found).toEqual([{ path: "action.params.tag", message: "too long" }]);
  const within = problemsWithin(found, "action");
  expect(problemOf(within, "tag")).toBe("too long");
  expect(problemOf(within, "ta")).toBeUndefined();
});

test("what is wrong with a branch's condition is not taken for its sides'", () => {
  expect(problemsOfStep([{ path: "steps.1.branch.if.all.0.params.tag", message: "" }])).toEqual([
    { path: "branch.if.all.0.params.tag", message: "" },
  ]);
});

test("beside what it is about, a problem says neither its place nor its type, nor that nothing was given", () => {
  const message = "Step 1 (add_tag): Tag: text of 1 to 50 characters (you gave nothing)";
  const grouped = groupProblems([{ path: "steps.0.action.params.tag", message }], steps);
  expect(grouped.get(7)).toEqual([{ path: "steps.0.action.params.tag", message: "Tag: text of 1 to 50 characters" }]);
});
