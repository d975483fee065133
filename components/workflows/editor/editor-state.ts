import type { Branch, Draft, DraftStep, Entry, Wait } from "./draft.ts";
import {
  duplicateStep,
  findSlot,
  findStep,
  insertStep,
  listSteps,
  moveStep,
  removeStep,
  replaceStep,
  type Slot,
} from "./edit-steps.ts";
import { beginHistory, change, type History, redo, undo } from "./history.ts";

export type Selection = "workflow" | "trigger" | number;

export type EditorState = {
  history: History<Draft>;
  selected: Selection;
  /** The step that is being moved: the places where it may go are offered. */
  carried: number | null;
  nextId: number;
};

/** What a new step does. */
export type NewStep = { action: Entry } | { wait: Wait } | { branch: Branch };

export type Command =
  | { do: "edit"; change: Partial<Draft>; key?: string }
  /** `open`: from the beginning; `replace`: as one change, which can be undone. */
  | { do: "open" | "replace"; draft: Draft }
  | { do: "edit step"; step: DraftStep; key?: string }
  | { do: "insert"; slot: Slot; step: NewStep }
  | { do: "duplicate" | "remove" | "pick up"; id: number }
  | { do: "move"; id: number; by: -1 | 1 }
  | { do: "put down"; slot: Slot }
  | { do: "select"; selected: Selection }
  | { do: "undo" | "redo" | "let go" };

/** `lastStepId` is the highest that the workflow or one of its versions ever had: figures belong to one step alone. */
export const beginEditing = (draft: Draft, lastStepId: number): EditorState => ({
  history: beginHistory(draft),
  selected: "workflow",
  carried: null,
  nextId: idAfter(draft, lastStepId),
});

const idAfter = ({ steps }: Draft, lastStepId: number) =>
  Math.max(lastStepId, ...listSteps(steps).map(({ id }) => id)) + 1;

export function reduce(state: EditorState, command: Command): EditorState {
  const { history, nextId, carried } = state;
  const { steps } = history.present;
  const withSteps = (next: DraftStep[], key?: string) =>
    change(history, next === steps ? history.present : { ...history.present, steps: next }, key);
  switch (command.do) {
    case "edit":
      return { ...state, history: change(history, { ...history.present, ...command.change }, command.key) };
    case "open":
      return keepSelection({ ...beginEditing(command.draft, nextId - 1), selected: state.selected });
    case "replace": {
      const next = { history: change(history, command.draft), nextId: idAfter(command.draft, nextId - 1) };
      return keepSelection({ ...state, ...next, carried: null });
    }
    case "edit step":
      return { ...state, history: withSteps(replaceStep(steps, command.step), command.key) };
    case "insert": {
      const next = withSteps(insertStep(steps, command.slot, { id: nextId, ...command.step }));
      return { ...state, history: next, selected: nextId, nextId: nextId + 1, carried: null };
    }
    case "duplicate": {
      const next = withSteps(duplicateStep(steps, command.id, nextId));
      const copies = listSteps(next.present.steps).length - listSteps(steps).length;
      return { ...state, history: next, selected: copies > 0 ? nextId : state.selected, nextId: nextId + copies };
    }
    case "remove":
      return keepSelection({ ...state, history: withSteps(removeStep(steps, command.id)), carried: null });
    case "move": {
      const slot = findSlot(steps, command.id);
      const index = slot ? slot.index + (command.by > 0 ? 2 : -1) : -1;
      return slot && index >= 0
        ? { ...state, history: withSteps(moveStep(steps, command.id, { ...slot, index })) }
        : state;
    }
    case "pick up":
      return { ...state, carried: command.id };
    case "put down":
      return carried === null
        ? state
        : { ...state, history: withSteps(moveStep(steps, carried, command.slot)), selected: carried, carried: null };
    case "let go":
      return { ...state, carried: null };
    case "select":
      return { ...state, selected: command.selected };
    case "undo":
      return keepSelection({ ...state, history: undo(history), carried: null });
    case "redo":
      return keepSelection({ ...state, history: redo(history), carried: null });
  }
}

/** A step that is gone cannot stay selected. */
const keepSelection = (state: EditorState): EditorState =>
  typeof state.selected === "number" && !findStep(state.history.present.steps, state.selected)
    ? { ...state, selected: "workflow" }
    : state;
