/** As many characters as a name may have. */
const longest = 100;

/** The name itself, else the first of "name 2", "name 3" … that is not taken; cut where it would be too long. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const name = wanted.trim() || "New workflow";
  for (let number = 1; ; number++) {
    const ending = number === 1 ? "" : ` ${number}`;
    const candidate = cut(name, longest - ending.length) + ending;
    if (!taken.has(candidate)) {
      return candidate;
    }
  }
}

/** Not within a character that takes two places. */
const cut = (text: string, length: number) =>
  text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd();
