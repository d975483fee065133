import { z } from "zod";

export type Picks = Record<"email_template" | "in_app_template" | "sms_template" | "staff", number>;

/** Parameters with one thing wrong: at `field`, whose problem says all of `says`. */
export type BadParams = { title: string; params: Record<string, unknown>; field: string; says: string[] };

type Field = z.core.JSONSchema.BaseSchema & z.GlobalMeta & { mayBeNull?: boolean };

const numbers = new Intl.NumberFormat("en", { useGrouping: "min2" });

const readFields = (schema: z.ZodObject) => {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" });
  const fields = Object.entries(properties as Record<string, Field>).map(
    ([name, field]) => [name, flatten(field)] as const,
  );
  return { fields, required };
};

/** What may also be null is written as two alternatives. */
function flatten({ anyOf, ...field }: Field): Field {
  const [one] = (anyOf ?? []).filter(({ type }) => type !== "null");
  return one ? { ...one, ...field, mayBeNull: true } : field;
}

/** A value for every parameter, each as its definition wants it. */
export function sampleParams(schema: z.ZodObject, picks: Picks): Record<string, unknown> {
  const { fields } = readFields(schema);
  return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field, picks)]));
}

function sampleOf(field: Field, picks: Picks): unknown {
  if (field.pick) {
    return picks[field.pick];
  }
  if (field.default !== undefined && field.default !== "") {
    return field.default;
  }
  return field.enum?.[0] ?? (field.type === "string" ? "x" : Math.max(field.minimum ?? 1, 1));
}

/** Each parameter missing, of another type and out of its range, and one that nobody asked for. */
export function listBadParams(schema: z.ZodObject, picks: Picks): BadParams[] {
  const { fields, required } = readFields(schema);
  const good = sampleParams(schema, picks);
  const broken = fields.flatMap(([name, field]) => {
    const says = [field.label ?? name, ...describeAllowed(field)];
    const { [name]: _, ...others } = good;
    const missing = required.includes(name) ? [{ title: `${name} missing`, params: others, field: name, says }] : [];
    const values = listBadValues(field).filter((value) => !(value === null && field.mayBeNull));
    const wrong = values.map((value) => ({
      title: `${name} ${JSON.stringify(value)?.slice(0, 20)}`,
      params: { ...good, [name]: value },
      field: name,
      says,
    }));
    return [...missing, ...wrong];
  });
  const extra = {
    title: "isAdmin",
    params: { ...good, isAdmin: true },
    field: "isAdmin",
    says: ["unknown field 'isAdmin'"],
  };
  return [...broken, extra];
}

function listBadValues({ type, enum: options, minimum, maximum, minLength, maxLength = 0 }: Field): unknown[] {
  const always = [null, true, [], {}, "30 days; \u0007 ' \" <b>".padEnd(5_000, "x")];
  if (options) {
    return [...always, "constructor", "", 1];
  }
  if (type === "string") {
    return [null, true, [], {}, 5, "x".repeat(maxLength + 1), ...(minLength ? ["", "   "] : [])];
  }
  const outside = [(minimum ?? 1) - 1, ...(isLimit(maximum) ? [maximum + 1, 1e9] : [])];
  return [...always, ...outside, ...(type === "integer" ? [1.5] : ["0,7"])];
}

/** What must be in the sentence, said anew from the schema and not with the engine's own words. */
function describeAllowed({ pick, type, enum: options = [], minimum, maximum }: Field): string[] {
  if (pick) {
    return ["choose"];
  }
  return type === "string"
    ? options.map(String)
    : [minimum, maximum].map((limit) => numbers.format(limit ?? Number.NaN));
}

const isLimit = (limit?: number): limit is number => limit !== undefined && limit < Number.MAX_SAFE_INTEGER;
