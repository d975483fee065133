import { z } from "zod";
import { actions } from "./actions/index.ts";
import { conditions } from "./conditions/index.ts";
import type { Audience, Trigger } from "./define.ts";
import { header } from "./header.ts";
import { limits } from "./raw-steps.ts";
import { wait } from "./steps.ts";
import { triggers } from "./triggers/index.ts";
import "./fields.ts";

export type PickKind = NonNullable<z.GlobalMeta["pick"]>;

/** How the editor draws one parameter. All of it is JSON. */
export type FieldForm = {
  name: string;
  label: string;
  help?: string;
  unit?: string;
  kind: "integer" | "number" | "text" | "choice" | "boolean" | "pick";
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  options?: { value: string; label: string }[];
  pick?: PickKind;
  holdsPlaceholders?: boolean;
  /** What it is when nothing is given. */
  default?: unknown;
  /** Whether it may be left out. */
  isOptional: boolean;
};

/** A trigger, action or condition, as the editor offers it. */
export type DefinitionForm = {
  type: string;
  label: string;
  help: string;
  fields: FieldForm[];
  /** What templates may say of a trigger's match. */
  facts?: { name: string; label: string; sample: string }[];
  audience?: Audience;
  isManual?: boolean;
};

export type EditorForms = {
  triggers: DefinitionForm[];
  actions: DefinitionForm[];
  conditions: DefinitionForm[];
  /** Of a wait: at least one of its parts is given. */
  wait: FieldForm[];
  /** Name, description and cooldown. */
  head: FieldForm[];
  /** Steps in all, and how deep branches nest. */
  limits: { steps: number; depth: number };
};

/** Everything that the editor can build, told by the definitions themselves. */
export const describeForms = (): EditorForms => ({
  triggers: byLabel(triggers.entries.map(describeTrigger)),
  actions: byLabel(actions.entries.map(describeDefinition)),
  conditions: byLabel(conditions.entries.map(describeDefinition)),
  wait: describeFields(wait),
  head: describeFields(header),
  limits,
});

const byLabel = (forms: DefinitionForm[]) => forms.toSorted((a, b) => (a.label < b.label ? -1 : 1));

type Definition = { type: string; label: string; help: string; params: z.ZodObject };

const describeDefinition = ({ type, label, help, params }: Definition): DefinitionForm => ({
  type,
  label,
  help,
  fields: describeFields(params),
});

const describeTrigger = (trigger: Trigger): DefinitionForm => ({
  ...describeDefinition(trigger),
  facts: Object.entries(trigger.facts).map(([name, fact]) => ({ name, ...fact })),
  audience: trigger.audience ?? "active",
  isManual: trigger.isManual ?? false,
});

type Property = z.core.JSONSchema.BaseSchema & z.GlobalMeta;

/** @throws for a shape that the editor has no field for: a definition may not have what nobody can fill in. */
export function describeFields(schema: z.ZodObject): FieldForm[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([name, property]) =>
    describeField(name, flatten(property as Property), !required.includes(name)),
  );
}

/** What may also be null is written as two alternatives: leaving it out says the same. */
function flatten({ anyOf, ...property }: Property): Property {
  const [one, ...others] = (anyOf ?? []).filter(({ type }) => type !== "null");
  return one && others.length === 0 ? { ...one, ...property } : { anyOf, ...property };
}

/** All that may stand in a field's schema: what is not here would be a rule that the editor does not know of. */
const known = new Set(
  "type enum minimum maximum minLength maxLength pattern default label help unit options pick holdsPlaceholders".split(
    " ",
  ),
);

function describeField(name: string, property: Property, isOptional: boolean): FieldForm {
  const { exclusiveMinimum, ...plain } = property;
  const isWhole = property.type === "integer";
  const unknown = Object.entries(isWhole ? plain : property).filter(
    ([key, value]) => value !== undefined && !known.has(key),
  );
  const kind = kindOf(property);
  if (!kind || unknown.length > 0) {
    throw new Error(`The editor has no field for "${name}": ${JSON.stringify(property)}`);
  }
  const { label = name, help, unit, minLength, maxLength, pick, holdsPlaceholders, enum: values, options } = property;
  const isNumber = kind === "integer" || kind === "number";
  return withoutUndefined({
    name,
    label,
    help,
    unit,
    kind,
    minimum: isNumber ? limitOf(property.minimum ?? (isWhole ? above(exclusiveMinimum) : undefined)) : undefined,
    maximum: isNumber ? limitOf(property.maximum) : undefined,
    minLength,
    maxLength,
    options: values?.map((value) => ({ value: String(value), label: options?.[String(value)] ?? String(value) })),
    pick,
    holdsPlaceholders,
    default: property.default,
    isOptional,
  });
}

const kinds: Record<string, FieldForm["kind"]> = {
  integer: "integer",
  number: "number",
  string: "text",
  boolean: "boolean",
};

const kindOf = ({ pick, enum: values, type }: Property): FieldForm["kind"] | undefined =>
  pick ? "pick" : values ? "choice" : kinds[String(type)];

/** An integer without a limit of its own has JavaScript's, which tell nobody anything. */
const limitOf = (limit: number | undefined) =>
  limit === undefined || Math.abs(limit) === Number.MAX_SAFE_INTEGER ? undefined : limit;

const above = (limit: unknown) => (typeof limit === "number" ? limit + 1 : undefined);

const withoutUndefined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Value;
