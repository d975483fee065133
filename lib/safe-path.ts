/** A path on this site to go to next, or null: never another site's, however it is spelled. */
export function safePath(path: unknown): string | null {
  if (typeof path !== "string" || !/^\/(?![/\\])/.test(path) || /[\p{Cc}\\]/u.test(path)) {
    return null;
  }
  const url = new URL(path, "http://here.invalid");
  return url.host === "here.invalid" ? url.pathname + url.search : null;
}
