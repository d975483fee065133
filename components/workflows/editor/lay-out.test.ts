import { expect, test } from "vitest";
import type { DraftStep } from "./draft.ts";
import { layOut, type Placed, sizes } from "./lay-out.ts";

const action = (id: number): DraftStep => ({ id, action: { type: "add_tag", params: {} } });
const branch = (id: number, yes: DraftStep[], no: DraftStep[]): DraftStep => ({
  id,
  branch: { if: { type: "has_tag", params: {} }, then: yes, else: no },
});
const boxOf = (place: Placed) => ({ ...place, ...(place.kind === "slot" ? sizes.slot : sizes.card) });

test("no two cards overlap, however branches nest", () => {
  const { places } = layOut([branch(1, [branch(2, [action(3)], [])], [action(4), branch(5, [], [])]), action(6)]);
  const boxes = places.map(boxOf);
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      const isApart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(isApart, `${a.id} and ${b.id}`).toBe(true);
    }
  }
});

test("both sides of a branch lead to what follows it, and each place is reached", () => {
  const { places, lines } = layOut([branch(1, [action(2)], []), action(3)]);
  expect(lines.filter(({ target }) => target === "slot-root-then-1").map(({ source }) => source)).toEqual([
    "slot-1-then-1",
    "slot-1-else-0",
  ]);
  const reached = new Set(lines.map(({ target }) => target));
  expect(places.filter(({ id }) => !reached.has(id)).map(({ id }) => id)).toEqual(["trigger"]);
});

test("the keyboard goes from top to bottom, one side of a branch after the other", () => {
  const { places } = layOut([branch(1, [action(2)], [action(3)]), action(4)]);
  expect(places.filter(({ kind }) => kind === "step").map(({ id }) => id)).toEqual([
    "step-1",
    "step-2",
    "step-3",
    "step-4",
  ]);
});
