import { describeUnstorable } from "#lib/storable";
import type { Problem } from "./definition.ts";
import { quote } from "./quote.ts";

/** Nobody's workflow comes near these: 50 steps, five branches deep, have a tenth of it. */
const limits = { nesting: 60, values: 20_000 };

/** `isReadable`: whether a recursive reader may be let at it. */
type Inspected = { isReadable: boolean; problems: Problem[] };

type Place = { value: unknown; path: string; key: string };

/** What no schema is asked about: size, depth, and what cannot be stored. */
export function inspectJson(parts: Record<string, unknown>): Inspected {
  const inspected = Object.entries(parts).map(([part, value]) => inspectPart(part, value));
  return {
    isReadable: inspected.every(({ isReadable }) => isReadable),
    problems: inspected.flatMap(({ problems }) => problems),
  };
}

/** By levels and not by recursion: the value may be as deep as it likes. */
function inspectPart(part: string, root: unknown): Inspected {
  const problems: Problem[] = [];
  let level: Place[] = [{ key: part, value: root, path: part }];
  let count = 0;
  for (let depth = 0; level.length > 0; depth++) {
    problems.push(...level.flatMap(describeUnstorablePlace));
    count += level.reduce((sum, { value }) => sum + (isObject(value) ? Object.keys(value).length : 0), 0);
    if (count > limits.values || depth > limits.nesting) {
      const why = count > limits.values ? `more than ${limits.values} values` : `more than ${limits.nesting} levels`;
      return { isReadable: false, problems: [{ path: part, message: `Too large to be read: it has ${why}` }] };
    }
    level = level.flatMap(listChildren);
  }
  return { isReadable: true, problems };
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const listChildren = ({ value, path }: Place): Place[] =>
  isObject(value)
    ? Object.entries(value).map(([key, child]) => ({ key, value: child, path: `${path}.${quote(key).slice(1, -1)}` }))
    : [];

function describeUnstorablePlace({ key, value, path }: Place): Problem[] {
  const inName = describeUnstorable(key);
  const inText = typeof value === "string" ? describeUnstorable(value) : null;
  return [
    ...(key === "__proto__" ? [{ path, message: "No field may be called '__proto__'" }] : []),
    ...(inName ? [{ path, message: `The field's name ${inName}` }] : []),
    ...(inText ? [{ path, message: `The text ${inText}` }] : []),
  ];
}
