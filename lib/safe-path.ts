/** A path on this site to go to next, or null: never another site's, however it is spelled. */
export function safePath(path: unknown): string | null {
  if (typeof path !== "string" || !path.startsWith("/") || /[\p{Cc}\\]/u.test(path)) {
    return null;
  }
  const base = "http://here.invalid";
  if (!URL.canParse(path, base)) {
    return null;
  }
  const { origin, pathname, search } = new URL(path, base);
  return origin === base && !pathname.startsWith("//") ? pathname + search : null;
}
