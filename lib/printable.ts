/** What people wrote, without what would move the cursor, colour the terminal or begin a line. */
export function printable(text: string) {
  return text.replace(/\p{Cc}/gu, " ");
}
