/** A step as it is stored, whatever it is: `path` leads to it from the list of all. `depth` is 1 outside of branches. */
export type RawStep = { value: unknown; path: (string | number)[]; depth: number };

export const limits = { steps: 50, depth: 5 };

/** The steps of stored JSON that may be of any shape, to one level past the deepest that is allowed. */
export function listRawSteps(steps: unknown, path: (string | number)[] = [], depth = 1): RawStep[] {
  if (!Array.isArray(steps) || depth > limits.depth + 1) {
    return [];
  }
  return steps.flatMap((value, index) => {
    const here = [...path, index];
    const branch = fieldOf(value, "branch");
    const sides = ["then", "else"].flatMap((side) =>
      listRawSteps(fieldOf(branch, side), [...here, "branch", side], depth + 1),
    );
    return [{ value, path: here, depth }, ...sides];
  });
}

/** A value's own field, of whatever was stored. */
export const fieldOf = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;

/** Where a problem is, for people: "Step 2, then 1 (send_email)". Empty outside of steps and exit conditions. */
export function describePlace(path: PropertyKey[], parts: { steps: unknown; exitWhen?: unknown }): string {
  const [part, index, ...rest] = path;
  if (typeof index !== "number" || (part !== "steps" && part !== "exitWhen")) {
    return "";
  }
  const value = fieldOf(parts[part], index);
  if (part === "exitWhen") {
    return `Exit condition ${index + 1}${describeKind(fieldOf(value, "type"))}`;
  }
  return `Step ${describeStep(value, index, rest)}`;
}

function describeStep(step: unknown, index: number, rest: PropertyKey[], depth = 1): string {
  const [branch, side, inner, ...further] = rest;
  if (branch === "branch" && typeof side === "string" && typeof inner === "number" && depth <= limits.depth) {
    const next = fieldOf(fieldOf(fieldOf(step, branch), side), inner);
    return `${index + 1}, ${side} ${describeStep(next, inner, further, depth + 1)}`;
  }
  const kind = ["action", "wait", "branch"].find((kind) => fieldOf(step, kind) !== undefined);
  return `${index + 1}${describeKind(kind === "action" ? fieldOf(fieldOf(step, kind), "type") : kind)}`;
}

/** Types are words of our own; what cannot be one is told by its own problem. */
const describeKind = (type: unknown) => (typeof type === "string" && /^[a-z_]{1,40}$/.test(type) ? ` (${type})` : "");
