/** NUL, and half of a character that needs two: JSON can say them, PostgreSQL cannot store them. */
const unstorable = /[\0\p{Cs}]/u;

/** What is wrong with a text that the database would refuse, as the end of a sentence; null when it would not. */
export function describeUnstorable(text: string): string | null {
  const [found] = text.match(unstorable) ?? [];
  const code = found?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  return code === undefined ? null : `contains a character that can't be stored (U+${code})`;
}
