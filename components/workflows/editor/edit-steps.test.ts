import fc from "fast-check";
import { expect, test } from "vitest";
import type { DraftStep } from "./draft.ts";
import {
  duplicateStep,
  findSlot,
  insertStep,
  listSteps,
  moveStep,
  removeStep,
  replaceStep,
  type Slot,
} from "./edit-steps.ts";

const action = (id: number): DraftStep => ({ id, action: { type: "add_tag", params: { tag: `tag ${id}` } } });
const branch = (id: number, yes: DraftStep[], no: DraftStep[]): DraftStep => ({
  id,
  branch: { if: { type: "has_tag", params: { tag: "x" } }, then: yes, else: no },
});
const ids = (steps: DraftStep[]) => listSteps(steps).map(({ id }) => id);
const root = (index: number): Slot => ({ branchId: null, side: "then", index });
const steps = [action(1), branch(2, [action(3)], [branch(4, [], [action(5)])]), action(6)];

/** Any tree of steps, numbered in reading order. */
const trees = fc
  .letrec<{ list: Shape[]; shape: Shape }>((tie) => ({
    list: fc.array(tie("shape"), { maxLength: 4 }),
    shape: fc.oneof({ depthSize: "small" }, fc.constant(null), fc.tuple(tie("list"), tie("list"))),
  }))
  .list.map((shapes) => {
    let free = 1;
    const build = (shape: Shape): DraftStep => {
      const id = free++;
      return shape === null ? action(id) : branch(id, shape[0].map(build), shape[1].map(build));
    };
    return shapes.map(build);
  });
type Shape = null | [Shape[], Shape[]];

const slotsOf = (list: DraftStep[], branchId: number | null = null, side: "then" | "else" = "then"): Slot[] => [
  ...Array.from({ length: list.length + 1 }, (_, index) => ({ branchId, side, index })),
  ...list.flatMap((step) =>
    "branch" in step
      ? [...slotsOf(step.branch.then, step.id, "then"), ...slotsOf(step.branch.else, step.id, "else")]
      : [],
  ),
];

test("a step goes in anywhere, also into an empty side", () => {
  expect(ids(insertStep(steps, { branchId: 4, side: "then", index: 0 }, action(9)))).toEqual([1, 2, 3, 4, 9, 5, 6]);
  expect(ids(insertStep(steps, root(3), action(9)))).toEqual([1, 2, 3, 4, 5, 6, 9]);
});

test("a branch is taken out with all that is in it", () => {
  expect(ids(removeStep(steps, 2))).toEqual([1, 6]);
  expect(removeStep(steps, 99)).toBe(steps);
});

test("a branch does not go into itself", () => {
  expect(moveStep(steps, 2, { branchId: 4, side: "then", index: 0 })).toBe(steps);
});

test("a copy stands right after the original and has numbers of its own, inside too", () => {
  const copied = duplicateStep(steps, 2, 7);
  expect(ids(copied)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10, 6]);
  expect(copied[2]).toMatchObject({ branch: { then: [{ action: { params: { tag: "tag 3" } } }] } });
});

test("what is put in and taken out again leaves the steps as they were", () => {
  fc.assert(
    fc.property(trees, fc.nat(), (tree, pick) => {
      const slots = slotsOf(tree);
      const slot = slots[pick % slots.length] as Slot;
      const longer = insertStep(tree, slot, action(999));
      expect(findSlot(longer, 999)).toEqual(slot);
      expect(removeStep(longer, 999)).toEqual(tree);
    }),
  );
});

test("moving loses and doubles nothing, and moving back restores", () => {
  fc.assert(
    fc.property(trees, fc.nat(), fc.nat(), (tree, which, where) => {
      const all = ids(tree);
      fc.pre(all.length > 0);
      const id = all[which % all.length] as number;
      const from = findSlot(tree, id) as Slot;
      const slots = slotsOf(tree);
      const moved = moveStep(tree, id, slots[where % slots.length] as Slot);
      expect(ids(moved).sort()).toEqual([...all].sort());
      const now = findSlot(moved, id) as Slot;
      const isLater = now.branchId === from.branchId && now.side === from.side && now.index < from.index;
      expect(moveStep(moved, id, { ...from, index: from.index + (isLater ? 1 : 0) })).toEqual(tree);
    }),
  );
});

test("a step that is replaced by itself changes nothing", () => {
  fc.assert(
    fc.property(trees, (tree) => {
      for (const step of listSteps(tree)) {
        expect(replaceStep(tree, step)).toEqual(tree);
      }
    }),
  );
});
