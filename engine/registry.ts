import { z } from "zod";

type Definition = { type: string; label: string; help: string; params: z.ZodObject };

/** What a workflow stores for one entry: its type, and parameters that its definition accepts. */
type ConfigOf<Entry extends Definition> = Entry extends Definition
  ? { type: Entry["type"]; params: z.output<Entry["params"]> }
  : never;

/** The known entries of one kind, and the schema of what a workflow may store of them. */
export function createRegistry<Entry extends Definition>(kind: string, entries: Entry[]) {
  const byType = new Map(entries.map((entry) => [entry.type, entry]));
  if (byType.size < entries.length) {
    throw new Error(`Two ${kind}s share a type: ${entries.map(({ type }) => type).join(", ")}`);
  }
  const [first, ...others] = entries.map(({ type, params }) =>
    z.strictObject({ type: z.literal(type), params: z.preprocess((value) => value ?? {}, params.strict()) }),
  );
  if (!first) {
    throw new Error(`There are no ${kind}s`);
  }
  const known = entries.map(({ type }) => type).join(", ");
  const schema = z.discriminatedUnion("type", [first, ...others], {
    error: (issue) => (issue.code === "invalid_union" ? `is no known ${kind}; known: ${known}` : undefined),
  }) as unknown as z.ZodType<ConfigOf<Entry>>;

  return {
    entries,
    schema,
    get(type: string): Entry {
      const entry = byType.get(type);
      if (!entry) {
        throw new Error(`No ${kind} is called "${type}"`);
      }
      return entry;
    },
  };
}
