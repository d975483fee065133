import { expect, test } from "vitest";
import type { Draft } from "./draft.ts";
import { listSteps } from "./edit-steps.ts";
import { beginEditing, type Command, reduce } from "./editor-state.ts";

const draftWith = (...ids: number[]): Draft => ({
  name: "Win back",
  description: "",
  cooldownPeriodDays: 7,
  trigger: { type: "birthday", params: {} },
  steps: ids.map((id) => ({ id, wait: { days: 1 } })),
  context: {},
  exitWhen: [],
});

const insertFirst: Command = {
  do: "insert",
  slot: { branchId: null, side: "then", index: 0 },
  step: { wait: { days: 2 } },
};
const idsOf = (state: ReturnType<typeof beginEditing>) =>
  listSteps(state.history.present.steps)
    .map(({ id }) => id)
    .sort();

test.each(["replace", "open"] as const)("a step added after %s has an id that no other has", (kind) => {
  const begun = beginEditing(draftWith(1), 1);
  const theirs = reduce(begun, { do: kind, draft: draftWith(1, 2, 3) });
  expect(idsOf(reduce(theirs, insertFirst))).toEqual([1, 2, 3, 4]);
  // Nor one that was taken away in between.
  const fewer = reduce(theirs, { do: kind, draft: draftWith(1) });
  expect(idsOf(reduce(fewer, insertFirst))).toEqual([1, 4]);
});

test("what is put in the place of all can be undone; what is opened is a beginning", () => {
  const begun = beginEditing(draftWith(1), 1);
  const replaced = reduce(begun, { do: "replace", draft: draftWith(1, 2) });
  expect(idsOf(reduce(replaced, { do: "undo" }))).toEqual([1]);
  const opened = reduce(begun, { do: "open", draft: draftWith(1, 2) });
  expect(idsOf(reduce(opened, { do: "undo" }))).toEqual([1, 2]);
});
