import type { Draft as StoredDraft } from "#engine/editing/draft";
import type { Draft, DraftCondition, DraftStep, Entry } from "./draft.ts";
import { listSteps } from "./edit-steps.ts";

/**
 * What is stored, as the editor can show it: parameters may be wrong, the shape of the steps may not. Null for a shape that
 * no editor made: it is told in words, and begun anew or restored.
 */
export function readDraft({ trigger, steps, context, exitWhen, ...head }: StoredDraft): Draft | null {
  const shown = {
    ...head,
    trigger: isEntry(trigger) ? trigger : { type: "", params: {} },
    steps: steps ?? [],
    context: context ?? {},
    exitWhen: exitWhen ?? [],
  };
  const isShowable = isListOf(shown.steps, isStep) && isListOf(shown.exitWhen, isCondition) && isObject(shown.context);
  if (!isShowable) {
    return null;
  }
  const ids = listSteps(shown.steps as DraftStep[]).map(({ id }) => id);
  // Two of one id could not be told apart on the canvas.
  return new Set(ids).size === ids.length ? ({ ...shown, trigger: withParams(shown.trigger) } as Draft) : null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isListOf = <Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] =>
  Array.isArray(value) && value.every(isItem);

const isEntry = (value: unknown): value is Entry =>
  isObject(value) && typeof value.type === "string" && (value.params === undefined || isObject(value.params));

const withParams = (entry: Entry): Entry => ({ ...entry, params: entry.params ?? {} });

function isCondition(value: unknown): value is DraftCondition {
  if (!isObject(value)) {
    return false;
  }
  if ("not" in value) {
    return isCondition(value.not);
  }
  const several = value.all ?? value.any;
  return several === undefined ? isEntry(value) && isObject(value.params) : isListOf(several, isCondition);
}

function isStep(value: unknown): value is DraftStep {
  if (
    !isObject(value) ||
    !Number.isSafeInteger(value.id) ||
    !(value.context === undefined || isObject(value.context))
  ) {
    return false;
  }
  if (isObject(value.branch)) {
    const { branch } = value;
    return isCondition(branch.if) && isListOf(branch.then, isStep) && isListOf(branch.else, isStep);
  }
  return isObject(value.wait) || (isEntry(value.action) && isObject(value.action.params));
}
