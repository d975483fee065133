import { z } from "zod";
import "./fields.ts";

/** What a field says of itself, and what its checks allow. */
type Field = z.core.JSONSchema.BaseSchema & z.GlobalMeta;

const picks = {
  email_template: "choose an email template",
  in_app_template: "choose an in-app template",
  sms_template: "choose an SMS template",
  staff: "choose somebody of the staff",
};

/** As people write them: 3650, and 10,000. */
const numbers = new Intl.NumberFormat("en", { useGrouping: "min2", maximumFractionDigits: 4 });

export const readField = (schema: z.ZodType): Field =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Field;

/** What a field takes, in words: "a whole number from 1 to 3650". */
export function describeAllowed(schema: z.ZodType): string {
  const field = readField(schema);
  if (field.pick) {
    return picks[field.pick];
  }
  if (field.enum) {
    return `one of ${field.enum.join(", ")}`;
  }
  switch (field.type) {
    case "integer":
      return `a whole number${describeUnit(field)}${describeRange(field)}`;
    case "number":
      return `a number${describeUnit(field)}${describeRange(field)}, with a dot (${describeExample(field)})`;
    case "string":
      return `text of ${describeCount(field.minLength, field.maxLength, "characters")}`;
    case "boolean":
      return "true or false";
    case "array":
      return "a list";
    default:
      return "an object";
  }
}

/** How long a text or a list may be: "give 1 to 100 characters". */
export function describeLength(schema: z.ZodType): string {
  const { type, minLength, maxLength, minItems, maxItems } = readField(schema);
  return type === "array"
    ? `give ${describeCount(minItems, maxItems, "entries")}`
    : `give ${describeCount(minLength, maxLength, "characters")}`;
}

/** Left out where the label says it: "Days without a visit". */
const describeUnit = ({ unit, label = "" }: Field) =>
  unit && !label.toLowerCase().includes(unit) ? ` of ${unit}` : "";

function describeRange({ minimum, exclusiveMinimum, maximum = Number.MAX_SAFE_INTEGER }: Field): string {
  const least = minimum ?? (typeof exclusiveMinimum === "number" ? exclusiveMinimum + 1 : undefined);
  const from = least === undefined ? "" : ` from ${numbers.format(least)}`;
  return maximum >= Number.MAX_SAFE_INTEGER ? from : `${from}${from ? "" : " up"} to ${numbers.format(maximum)}`;
}

const describeExample = ({ default: usual, minimum = 0, maximum = 1 }: Field) =>
  typeof usual === "number" ? usual : (minimum + maximum) / 2;

function describeCount(least = 0, most = Number.POSITIVE_INFINITY, what: string): string {
  if (most === Number.POSITIVE_INFINITY) {
    return `at least ${least} ${what}`;
  }
  return least === 0 ? `up to ${numbers.format(most)} ${what}` : `${least} to ${numbers.format(most)} ${what}`;
}
