import { parseUrl } from "./parse-url.ts";

export type ActionLink = { href: string; isExternal: boolean };

/**
 * Where a notification may lead: a path of this app, or a page over https. Anything else, `javascript:` above all, is
 * no link. Asked when it is shown too, since a stored address may be older than the rule that refused it.
 */
export function toActionLink(url: string | null, appUrl: string): ActionLink | null {
  const target = url && /^(\/|https:\/\/)/i.test(url) ? parseUrl(url, appUrl) : null;
  if (!url || !target) {
    return null;
  }
  const app = new URL(appUrl);
  const path = `${target.pathname}${target.search}${target.hash}`;
  if (target.origin === app.origin) {
    return { href: path, isExternal: false };
  }
  // What began as a path and left this app is a trick: `//evil.example`, `/\evil.example`.
  return target.protocol === "https:" && !url.startsWith("/") ? { href: target.href, isExternal: true } : null;
}
