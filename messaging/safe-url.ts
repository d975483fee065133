import { parseUrl } from "#lib/parse-url";

/** A host that nobody can own, for reading a path the way a browser would. */
const nowhere = "https://nowhere.invalid";

/**
 * A link that may stand in a message: a path of the app (`/me/membership`), an address of the app itself, or one that
 * starts with `https://`. Null for all else: other schemes, `//host`, `/\host`, a user before the host, and white
 * space or control characters, which browsers drop before they read on.
 */
export function safeUrl(raw: string, appUrl: string): string | null {
  const url = raw.trim();
  if (/[\s\p{Cc}\p{Cf}\\]/u.test(url)) {
    return null;
  }
  if (url.startsWith("/")) {
    const path = url.startsWith("//") ? null : parseUrl(url, nowhere);
    return path && !path.pathname.startsWith("//") ? url : null;
  }
  const isOfTheApp = url === trimSlash(appUrl) || url.startsWith(`${trimSlash(appUrl)}/`);
  const address = isOfTheApp || /^https:\/\/[^/?#@:]/i.test(url) ? parseUrl(url) : null;
  return address && !address.username && !address.password ? url : null;
}

/** The same link for somebody who reads outside of the app. */
export function absoluteUrl(url: string, appUrl: string): string {
  return url.startsWith("/") ? trimSlash(appUrl) + url : url;
}

const trimSlash = (url: string) => url.replace(/\/+$/, "");
