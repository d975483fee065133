import type { AuditChange } from "#components/audit/audit-row";

const longest = 300;

/** What differs between before and after, leaf by leaf; of an act that tells one side alone, all of it. */
export function listChanges(before: unknown, after: unknown): AuditChange[] {
  const [was, is] = [flatten(before), flatten(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }));
}

function flatten(value: unknown, path: string[] = [], leaves = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return value.length > 0 ? add(leaves, path, value.join(", ")) : leaves;
  }
  if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      flatten(item, [...path, Array.isArray(value) ? String(Number(key) + 1) : key], leaves);
    }
    return leaves;
  }
  return value === null || value === undefined || value === "" ? leaves : add(leaves, path, print(value));
}

const add = (leaves: Map<string, string>, path: string[], text: string) =>
  leaves.set(path.map(spell).join(" › ") || "Value", text.length > longest ? `${text.slice(0, longest)}…` : text);

const print = (value: unknown) => (typeof value === "boolean" ? (value ? "yes" : "no") : String(value));

/** `quietHoursStart` and `draft_name` as words. */
function spell(key: string): string {
  const words = key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  return words.replace(/^./, (letter) => letter.toUpperCase());
}
