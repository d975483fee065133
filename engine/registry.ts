import { z } from "zod";
import { addFaults, type Checked, checkFields, type Fault } from "./describe-problem.ts";
import { quote } from "./quote.ts";

type Definition = { type: string; label: string; help: string; params: z.ZodObject };

/** What a workflow stores for one entry: its type, and parameters that its definition accepts. */
type ConfigOf<Entry extends Definition> = Entry extends Definition
  ? { type: Entry["type"]; params: z.output<Entry["params"]> }
  : never;

type Options = {
  /** What the problems of an entry that are not of one labelled field begin with, where nothing else says whose they are. */
  startWith?: (type: string) => string;
};

/** The known entries of one kind, and the schema of what a workflow may store of them. */
export function createRegistry<Entry extends Definition>(
  kind: string,
  entries: Entry[],
  { startWith = () => "" }: Options = {},
) {
  const byType = new Map<unknown, Entry>(entries.map((entry) => [entry.type, entry]));
  const envelopes = new Map<unknown, z.ZodObject>(
    entries.map(({ type, params }) => [
      type,
      z.strictObject({ params: params.strict().meta({ label: "Parameters" }) }),
    ]),
  );
  if (byType.size < entries.length) {
    throw new Error(`Two ${kind}s share a type: ${entries.map(({ type }) => type).join(", ")}`);
  }
  const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;

  /** What a workflow stored of an entry, or all that is wrong with it. */
  function check(value: unknown): Checked<ConfigOf<Entry>> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return refuse([], `${title}: choose one (you gave ${quote(value)}). ${listKnown()}`);
    }
    const { type, params = {}, ...others } = value as Record<string, unknown>;
    const entry = byType.get(type);
    const envelope = envelopes.get(type);
    if (!entry || !envelope) {
      const what = type === undefined ? `${title} without a type.` : `${title} ${quote(type)} is unknown.`;
      return refuse(["type"], `${what} ${listKnown()}`);
    }
    const { data, faults } = checkFields(envelope, { ...others, params: params ?? {} });
    return data
      ? { data: { type, params: data.params } as ConfigOf<Entry>, faults: [] }
      : { data: null, faults: faults.map(locate(entry)) };
  }

  /** A list that grows with every definition: what would be too much for one sentence is left out. */
  function listKnown(): string {
    const types = entries.map(({ type }) => type);
    const all = `Known: ${types.join(", ")}`;
    if (all.length <= 120) {
      return all;
    }
    const cut = all.lastIndexOf(", ", 110);
    const shown = all.slice(0, cut).split(", ").length;
    return `${all.slice(0, cut)}, … (${types.length - shown} more)`;
  }

  const locate =
    ({ type, params }: Entry) =>
    ({ path, message }: Fault): Fault => {
      const isField = path.length > 1 && Object.hasOwn(params.shape, path[1] as string);
      return { path, message: isField ? message : startWith(type) + message };
    };

  const refuse = (path: string[], message: string) => ({ data: null, faults: [{ path, message }] });

  return {
    entries,
    check,
    schema: z.unknown().transform((value, context) => {
      const { data, faults } = check(value);
      return data ?? addFaults(context, faults);
    }) as unknown as z.ZodType<ConfigOf<Entry>>,
    get(type: string): Entry {
      const entry = byType.get(type);
      if (!entry) {
        throw new Error(`No ${kind} is called "${type}"`);
      }
      return entry;
    },
  };
}
