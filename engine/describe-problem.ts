import { z } from "zod";
import { describeAllowed, describeLength, readField } from "./describe-allowed.ts";
import { quote } from "./quote.ts";

/** A problem within a value: `path` leads from the value to the field. */
export type Fault = { path: PropertyKey[]; message: string };

export type Checked<Value> = { data: Value; faults: [] } | { data: null; faults: Fault[] };

/** No problem is told in more characters: neither what was given nor a long list of what is known may flood a page. */
const longest = 200;

/**
 * Checks a value, and says of each field that is wrong its label, what is allowed and what was given, all at once. The
 * words come from the fields themselves: labels from `meta`, ranges from the checks; a check's own message wins.
 */
export function checkFields<Fields extends z.ZodObject>(fields: Fields, value: unknown): Checked<z.output<Fields>> {
  const parsed = fields.safeParse(value, { error: () => "", reportInput: true });
  return parsed.success
    ? { data: parsed.data, faults: [] }
    : { data: null, faults: oneForEach(parsed.error.issues.flatMap((issue) => describeFaults(fields, issue))) };
}

/** For a schema that has checked a part by itself: these faults are in words already, and stay as they are. */
export function addFaults(check: z.core.$RefinementCtx, faults: Fault[]): never {
  for (const fault of faults) {
    check.addIssue({ code: "custom", ...fault, params: { isTold: true } });
  }
  return z.NEVER;
}

export const shorten = (message: string) =>
  message.length > longest ? `${message.slice(0, longest - 1).trimEnd()}…` : message;

function describeFaults(fields: z.ZodObject, issue: z.core.$ZodIssue): Fault[] {
  const { path, message } = issue;
  if (issue.code === "custom" && issue.params?.isTold) {
    return [{ path, message }];
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, inPath(key)], message: `unknown field ${quote(key)}` }));
  }
  const { field, label } = findField(fields, path);
  const start = label === "" || message.toLowerCase().includes(label.toLowerCase()) ? "" : `${label}: `;
  if (issue.code === "custom") {
    return [{ path: path.map(inPath), message: shorten(start + message) }];
  }
  const { allowed, given } = message ? { allowed: message, given: quote(issue.input) } : describeIssue(issue, field);
  return [{ path: path.map(inPath), message: shorten(`${start}${allowed} (you gave ${given})`) }];
}

/** A text of the wrong length is answered with its length, everything else with what was given. */
function describeIssue(issue: z.core.$ZodIssue, field: z.ZodType): { allowed: string; given: string } {
  const { code, input } = issue;
  if ((code === "too_big" || code === "too_small") && (typeof input === "string" || Array.isArray(input))) {
    return { allowed: describeLength(field), given: String(input.length) };
  }
  return { allowed: describeAllowed(field), given: quote(input) };
}

/** The schema that a path leads to, as far as fields are named; what is left of the path is told beside the label. */
function findField(fields: z.ZodObject, path: PropertyKey[]): { field: z.ZodType; label: string } {
  let field: z.ZodType = fields;
  let label = fields.meta()?.label ?? "";
  for (const key of path) {
    const inner: z.ZodType = unwrap(field);
    const next = inner instanceof z.ZodObject ? (inner.shape as Record<PropertyKey, z.ZodType>)[key] : undefined;
    label = next ? (readField(next).label ?? String(key)) : `${label} ${quote(key)}`.trim();
    field = next ?? z.unknown();
  }
  return { field, label };
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}

/** Keys come from the value: whatever they are, a path stays short and printable. */
const inPath = (key: PropertyKey) => (typeof key === "string" ? quote(key).slice(1, -1) : key);

const oneForEach = (faults: Fault[]) =>
  [...new Map([...faults].reverse().map((fault) => [fault.path.join("."), fault])).values()].reverse();
