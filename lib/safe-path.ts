import { parseUrl } from "./parse-url.ts";

/** A path on this site to go to next, or null: never another site's, however it is spelled. */
export function safePath(path: unknown): string | null {
  if (typeof path !== "string" || !path.startsWith("/") || /[\p{Cc}\\]/u.test(path)) {
    return null;
  }
  const base = "http://here.invalid";
  const url = parseUrl(path, base);
  return url?.origin === base && !url.pathname.startsWith("//") ? url.pathname + url.search : null;
}
