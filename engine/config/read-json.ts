import { describeUnstorable } from "#lib/storable";
import type { FileProblem } from "./config-file.ts";

const limits = { bytes: 20_000_000, nesting: 64 };

type Read = { value: unknown; problems: FileProblem[] };

const refuse = (message: string): Read => ({ value: undefined, problems: [{ path: "", message }] });

/** Reads a file's bytes as JSON that no recursive reader runs out of stack on. */
export function readJson(bytes: Uint8Array): Read {
  if (bytes.byteLength > limits.bytes) {
    return refuse(`The file has ${Math.round(bytes.byteLength / 1e6)} MB; ${limits.bytes / 1e6} MB is the most`);
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return { value, problems: inspect(value, explainDepth) };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return refuse(`The file is no JSON: ${error.message}`);
    }
    if (error instanceof TypeError) {
      return refuse("The file is not written in UTF-8");
    }
    throw error;
  }
}

type Place = { value: unknown; path: string; depth: number };

/** What the database cannot hold, in what `readJson` has read. */
export const findUnstorable = (value: unknown): FileProblem[] => inspect(value, explainUnstorable);

/** Level by level and not by recursion: the file may be nested as deeply as it likes. */
function inspect(root: unknown, explain: (place: Place) => FileProblem[]): FileProblem[] {
  const problems: FileProblem[] = [];
  let level: Place[] = [{ value: root, path: "", depth: 0 }];
  while (level.length > 0) {
    problems.push(...level.flatMap(explain));
    level = level.flatMap(childrenOf);
  }
  return problems;
}

function childrenOf({ value, path, depth }: Place): Place[] {
  if (typeof value !== "object" || value === null || depth >= limits.nesting) {
    return [];
  }
  return Object.entries(value).map(([key, child]) => ({
    value: child,
    path: path ? `${path}.${key}` : key,
    depth: depth + 1,
  }));
}

function explainDepth({ value, path, depth }: Place): FileProblem[] {
  const isTooDeep = depth >= limits.nesting && typeof value === "object" && value !== null;
  return isTooDeep && Object.keys(value).length > 0
    ? [{ path, message: `is nested too deeply; ${limits.nesting} levels are the most` }]
    : [];
}

function explainUnstorable({ value, path }: Place): FileProblem[] {
  if (typeof value === "string") {
    return describeUnstorable(value)
      ? [{ path, message: "has a character that cannot be stored (NUL, or half of one)" }]
      : [];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.keys(value)
    .filter((key) => key === "__proto__" || describeUnstorable(key))
    .map((key) => ({ path, message: `must have no field called ${JSON.stringify(key)}` }));
}
