import type { DraftStep, Side } from "./draft.ts";

/** Between two steps: of the workflow itself, or of one side of a branch. */
export type Slot = { branchId: number | null; side: Side; index: number };

/** Every step in reading order, those within branches included. */
export const listSteps = (steps: DraftStep[]): DraftStep[] =>
  steps.flatMap((step) =>
    "branch" in step ? [step, ...listSteps(step.branch.then), ...listSteps(step.branch.else)] : [step],
  );

export const findStep = (steps: DraftStep[], id: number) => listSteps(steps).find((step) => step.id === id);

/** Where a step stands, or null when there is none of that id. */
export function findSlot(
  steps: DraftStep[],
  id: number,
  branchId: number | null = null,
  side: Side = "then",
): Slot | null {
  for (const [index, step] of steps.entries()) {
    const found =
      step.id === id
        ? { branchId, side, index }
        : "branch" in step
          ? (findSlot(step.branch.then, id, step.id, "then") ?? findSlot(step.branch.else, id, step.id, "else"))
          : null;
    if (found) {
      return found;
    }
  }
  return null;
}

export const insertStep = (steps: DraftStep[], slot: Slot, step: DraftStep): DraftStep[] =>
  editList(steps, slot, (list) => list.toSpliced(slot.index, 0, step));

/** Takes a step out; a branch goes with all that is in it. */
export function removeStep(steps: DraftStep[], id: number): DraftStep[] {
  const slot = findSlot(steps, id);
  return slot ? editList(steps, slot, (list) => list.toSpliced(slot.index, 1)) : steps;
}

export function replaceStep(steps: DraftStep[], step: DraftStep): DraftStep[] {
  const slot = findSlot(steps, step.id);
  return slot ? editList(steps, slot, (list) => list.with(slot.index, step)) : steps;
}

/** Puts a step elsewhere. A branch cannot go into itself: then nothing moves. */
export function moveStep(steps: DraftStep[], id: number, to: Slot): DraftStep[] {
  const from = findSlot(steps, id);
  const step = findStep(steps, id);
  if (!from || !step || holdsBranch(step, to.branchId)) {
    return steps;
  }
  const isSameList = from.branchId === to.branchId && (from.branchId === null || from.side === to.side);
  const target = Math.min(to.index, listAt(steps, to).length);
  if (isSameList && (target === from.index || target === from.index + 1)) {
    return steps;
  }
  const index = isSameList && from.index < target ? target - 1 : target;
  return insertStep(removeStep(steps, id), { ...to, index }, step);
}

/** The steps beside a slot. */
function listAt(steps: DraftStep[], { branchId, side }: Slot): DraftStep[] {
  const holder = branchId === null ? undefined : findStep(steps, branchId);
  return holder && "branch" in holder ? holder.branch[side] : steps;
}

/** Copies a step, and all that is in it, to right after it. The copies are numbered from `nextId` on. */
export function duplicateStep(steps: DraftStep[], id: number, nextId: number): DraftStep[] {
  const slot = findSlot(steps, id);
  const step = findStep(steps, id);
  if (!slot || !step) {
    return steps;
  }
  let free = nextId;
  const renumber = (original: DraftStep): DraftStep => {
    const copy = { ...structuredClone(original), id: free++ };
    return "branch" in copy
      ? {
          ...copy,
          branch: { ...copy.branch, then: copy.branch.then.map(renumber), else: copy.branch.else.map(renumber) },
        }
      : copy;
  };
  return insertStep(steps, { ...slot, index: slot.index + 1 }, renumber(step));
}

export const holdsBranch = (step: DraftStep, branchId: number | null) =>
  branchId !== null && listSteps([step]).some(({ id }) => id === branchId);

function editList(steps: DraftStep[], slot: Slot, edit: (list: DraftStep[]) => DraftStep[]): DraftStep[] {
  if (slot.branchId === null) {
    return edit(steps);
  }
  return steps.map((step) => {
    if (!("branch" in step)) {
      return step;
    }
    const { branch } = step;
    return step.id === slot.branchId
      ? { ...step, branch: { ...branch, [slot.side]: edit(branch[slot.side]) } }
      : {
          ...step,
          branch: { ...branch, then: editList(branch.then, slot, edit), else: editList(branch.else, slot, edit) },
        };
  });
}
