import type { z } from "zod";
import { actions } from "./actions/index.ts";
import { conditions } from "./conditions/index.ts";
import type { Trigger } from "./define.ts";
import { describeFields, type FieldForm, type PickKind } from "./forms.ts";
import { fieldOf } from "./raw-steps.ts";
import { triggers } from "./triggers/index.ts";

/** The name of what a step picks; undefined where nobody knows it. */
export type PickName = (pick: PickKind, id: number) => string | undefined;

type Entry = { type: string; label: string; params: z.ZodObject };

/** One parameter of a stored trigger, action or condition, in the words of its field. */
type ParamWords = { name: string; label: string; value: string; holdsPlaceholders: boolean };

/** "When a member has not come for 30 days", or what can be said of a stored trigger that does not parse. */
export function describeTrigger(stored: unknown): string {
  const { data } = triggers.check(stored);
  if (!data) {
    return `a trigger that is not complete (${String(fieldOf(stored, "type") ?? "none chosen").slice(0, 40)})`;
  }
  const trigger: Trigger = triggers.get(data.type);
  return `When a member ${trigger.summarize(data.params)}`;
}

/** "Wait 3 days", "Add a tag: absent", "Decide: has a tag: vip". Whatever was stored, it can be said. */
export function describeStep(step: unknown, nameOf: PickName): string {
  const wait = fieldOf(step, "wait");
  if (wait !== undefined) {
    return describeWait(wait);
  }
  const branch = fieldOf(step, "branch");
  return branch === undefined
    ? describeEntry(actions.entries, fieldOf(step, "action"), nameOf)
    : `Decide: ${describeCondition(fieldOf(branch, "if"), nameOf)}`;
}

function describeWait(wait: unknown): string {
  const parts = ["days", "hours", "minutes"].flatMap((unit) => {
    const count = fieldOf(wait, unit);
    return typeof count === "number" ? [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`] : [];
  });
  return ["Wait", ...parts].join(" ");
}

/** Nested as deep as a reader may go; what lies deeper is left out. */
export function describeCondition(condition: unknown, nameOf: PickName, depth = 0): string {
  const [word, parts] = (
    [
      ["and", fieldOf(condition, "all")],
      ["or", fieldOf(condition, "any")],
    ] as const
  ).find(([, parts]) => Array.isArray(parts)) ?? ["", null];
  if (depth > 10) {
    return "…";
  }
  if (parts) {
    const told = (parts as unknown[]).map((part) => describeCondition(part, nameOf, depth + 1));
    return told.length > 1 ? `(${told.join(` ${word} `)})` : (told[0] ?? "nothing yet");
  }
  const not = fieldOf(condition, "not");
  if (not === undefined) {
    return describeEntry(conditions.entries, condition, nameOf);
  }
  const inner = describeCondition(not, nameOf, depth + 1);
  return inner.startsWith("(") ? `not ${inner}` : `not (${inner})`;
}

function describeEntry(entries: Entry[], stored: unknown, nameOf: PickName): string {
  const type = fieldOf(stored, "type");
  const entry = entries.find((entry) => entry.type === type);
  if (!entry) {
    return typeof type === "string" && type !== "" ? type.slice(0, 40) : "nothing yet";
  }
  const params = listParams(entry, fieldOf(stored, "params"), nameOf);
  // A text to be filled in reads badly in a line, and says little before it is.
  const values = params.flatMap(({ value, holdsPlaceholders }) =>
    holdsPlaceholders && /\{[{%]/.test(value) ? [] : [value],
  );
  return values.length > 0 ? `${entry.label}: ${values.join(" · ")}` : entry.label;
}

/** The parameters of an action in words; those that say nothing are left out. */
export const describeActionParams = (type: string, params: unknown, nameOf: PickName): ParamWords[] =>
  listParams(actions.get(type), params, nameOf);

function listParams(entry: Entry, params: unknown, nameOf: PickName): ParamWords[] {
  return describeFields(entry.params).flatMap((field) => {
    const value = fieldOf(params, field.name) ?? field.default;
    const isSilent = value === undefined || value === null || value === "";
    const { name, label, holdsPlaceholders = false } = field;
    return isSilent ? [] : [{ name, label, value: describeValue(field, value, nameOf), holdsPlaceholders }];
  });
}

function describeValue({ kind, pick, label, options, unit }: FieldForm, value: unknown, nameOf: PickName): string {
  if (pick) {
    return nameOf(pick, Number(value)) ?? `${label} ${Number(value)}`;
  }
  if (options) {
    return options.find((option) => option.value === value)?.label ?? String(value);
  }
  if (typeof value === "object") {
    return "…";
  }
  return kind === "text" || unit === undefined ? String(value) : `${value} ${unit}`;
}
