import type { DefinitionForm, EditorForms, FieldForm } from "#engine/forms";
import type { DraftCondition, DraftStep, Entry, Wait } from "./draft.ts";

/** What a step or trigger may pick of the gym's own, by kind: templates and people, under their names. */
export type Picks = Record<NonNullable<FieldForm["pick"]>, { id: number; name: string }[]>;

export type Vocabulary = { forms: EditorForms; picks: Picks };

export const formOf = (forms: DefinitionForm[], type: string) => forms.find((form) => form.type === type);

export function titleOf(step: DraftStep, { forms }: Vocabulary): string {
  if ("wait" in step) {
    return "Wait";
  }
  return "branch" in step ? "Decide" : (formOf(forms.actions, step.action.type)?.label ?? step.action.type);
}

/** What a card says below its title. */
export function summaryOf(step: DraftStep, vocabulary: Vocabulary): string {
  if ("wait" in step) {
    return describeWait(step.wait);
  }
  return "branch" in step
    ? describeCondition(step.branch.if, vocabulary)
    : describeEntry(step.action, vocabulary.forms.actions, vocabulary.picks);
}

/** "3 days 2 hours" */
export function describeWait(wait: Wait): string {
  const parts = (["days", "hours", "minutes"] as const).flatMap((unit) => {
    const count = wait[unit];
    return count ? [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`] : [];
  });
  return parts.join(" ") || "Choose how long";
}

export function describeCondition(condition: DraftCondition, vocabulary: Vocabulary): string {
  if ("all" in condition) {
    return join(condition.all, "and", vocabulary);
  }
  if ("any" in condition) {
    return join(condition.any, "or", vocabulary);
  }
  if ("not" in condition) {
    return `not: ${describeCondition(condition.not, vocabulary)}`;
  }
  const form = formOf(vocabulary.forms.conditions, condition.type);
  const values = describeEntry(condition, vocabulary.forms.conditions, vocabulary.picks);
  return [form?.label ?? condition.type, values].filter(Boolean).join(": ");
}

const join = (parts: DraftCondition[], word: string, vocabulary: Vocabulary) =>
  parts
    .map((part) => ("type" in part ? describeCondition(part, vocabulary) : `(${describeCondition(part, vocabulary)})`))
    .join(` ${word} `);

/** The values that somebody chose, in the words of their fields; of usual ones only the first is said, if all are usual. */
export function describeEntry({ type, params }: Entry, forms: DefinitionForm[], picks: Picks): string {
  const given = (formOf(forms, type)?.fields ?? [])
    .map((field) => ({ field, value: params[field.name] ?? field.default }))
    .filter(({ value }) => value !== undefined && value !== null && value !== "");
  const chosen = given.filter(({ field, value }) => value !== field.default);
  return (chosen.length > 0 ? chosen : given.slice(0, 1))
    .map(({ field, value }) => describeValue(field, value, picks))
    .join(" · ");
}

function describeValue(field: FieldForm, value: unknown, picks: Picks): string {
  if (field.pick) {
    return picks[field.pick].find(({ id }) => id === value)?.name ?? `${field.label} ${value}`;
  }
  if (field.options) {
    return field.options.find((option) => option.value === value)?.label ?? String(value);
  }
  if (field.kind === "boolean") {
    return value ? field.label : `not ${field.label.toLowerCase()}`;
  }
  return field.kind === "text" ? String(value) : [value, field.unit].filter((part) => part !== undefined).join(" ");
}
