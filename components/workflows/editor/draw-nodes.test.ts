import { expect, test } from "vitest";
import type { DraftStep } from "./draft.ts";
import { drawNodes, keepUnchanged } from "./draw-nodes.ts";

const wait = (id: number, days = 1): DraftStep => ({ id, wait: { days } });
const branch = (id: number, ...then: DraftStep[]): DraftStep => ({
  id,
  branch: { if: { type: "has_tag", params: {} }, then, else: [] },
});
const trigger = { type: "birthday", params: {} };
const steps = [wait(1), branch(2, wait(3)), wait(4)];
const nothing = { trigger, selected: "workflow" as const, carried: null, problems: new Map(), numbers: {} };
const draw = (look: Partial<Parameters<typeof drawNodes>[0]> = {}) =>
  drawNodes({ ...nothing, steps, mayEdit: true, ...look });

const changed = (look: Parameters<typeof draw>[0], before = draw()) => {
  const after = keepUnchanged(before, draw(look));
  const old = new Set<object>([...before.nodes, ...before.edges]);
  return [...after.nodes, ...after.edges].filter((item) => !old.has(item)).map(({ id }) => id);
};

test("what changes nothing leaves the drawing as it was", () => {
  const before = draw();
  expect(keepUnchanged(before, draw({ problems: new Map() }))).toBe(before);
});

test("a letter that is typed draws one card anew; a choice, the two that it is about", () => {
  expect(changed({ steps: [wait(1, 2), ...steps.slice(1)] })).toEqual(["step-1"]);
  expect(changed({ selected: 4 }, draw({ selected: 1 }))).toEqual(["step-1", "step-4"]);
  expect(changed({ trigger: { ...trigger } })).toEqual(["trigger"]);
});

test("a step that is added at the end moves no other", () => {
  const ids = changed({ steps: [...steps, wait(5)] });
  // That there is one more is told by each.
  expect(ids.filter((id) => /^slot-[^>]*$/.test(id))).toEqual(["slot-root-then-3", "slot-root-then-4"]);
  expect(ids).toContain("step-5");
});

test("a step in hand may go anywhere but into itself", () => {
  const takes = (look: Parameters<typeof draw>[0]) =>
    Object.fromEntries(draw(look).nodes.flatMap(({ id, data }) => ("takes" in data ? [[id, data.takes]] : [])));
  expect(takes({ carried: 2 })).toMatchObject({
    "slot-root-then-0": "carried",
    "slot-2-then-0": "nothing",
    "slot-2-else-0": "nothing",
  });
  expect(takes({})).toMatchObject({ "slot-root-then-0": "new", "slot-2-then-0": "new" });
  expect(new Set(Object.values(takes({ mayEdit: false })))).toEqual(new Set(["nothing"]));
});

test("a step says its first problem, a workflow without a step what to do", () => {
  const problems = new Map([[1, [{ path: "steps.0.wait", message: "Choose how long" }]]]);
  const dataOf = (id: string, look: Parameters<typeof draw>[0]) =>
    draw(look).nodes.find((node) => node.id === id)?.data;
  expect(dataOf("step-1", { problems })).toMatchObject({ problems: 1, firstProblem: "Choose how long" });
  expect(dataOf("step-4", { problems })).toMatchObject({ problems: 0, firstProblem: "" });
  expect(dataOf("slot-root-then-0", { steps: [] })).toMatchObject({ isLast: true, isEmpty: true });
  expect(dataOf("slot-root-then-3", {})).toMatchObject({ isLast: true, isEmpty: false });
});
