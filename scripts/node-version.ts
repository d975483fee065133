const oldest = [20, 19, 0];

/** Why this Node is too old, or null. */
export function nodeProblem(version: string): string | null {
  const parts = version.replace(/^v/, "").split(".").map(Number);
  const difference = oldest.map((number, place) => (parts[place] ?? 0) - number).find((number) => number !== 0) ?? 0;
  return difference < 0 ? `Node ${oldest.join(".")} or newer is needed; this is ${version}` : null;
}
