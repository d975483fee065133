import { constantTimeEqual, makeSignature } from "better-auth/crypto";

/**
 * Bound to this host and to TLS. On plain http, which only a loopback address may use, browsers other than Chromium
 * would drop a `__Host-` cookie.
 */
export function sessionCookieName(appUrl: string): string {
  return isSecure(appUrl) ? "__Host-session" : "session";
}

const isSecure = (appUrl: string) => new URL(appUrl).protocol === "https:";

/** Longer than any session lives: the server decides when it is over. */
export const sessionCookieMaxAgeSeconds = 90 * 24 * 60 * 60;

export function sessionCookieAttributes(appUrl: string) {
  return { secure: isSecure(appUrl), httpOnly: true, sameSite: "lax", path: "/" } as const;
}

/** `token.signature`, as better-auth writes it. */
export async function writeSessionCookie(token: string, secret: string): Promise<string> {
  return `${token}.${await makeSignature(token, secret)}`;
}

/** The token, if the signature is ours. */
export async function readSessionCookie(cookie: string | undefined, secret: string): Promise<string | null> {
  const dot = cookie?.lastIndexOf(".") ?? -1;
  if (!cookie || dot < 1) {
    return null;
  }
  const token = cookie.slice(0, dot);
  return constantTimeEqual(cookie.slice(dot + 1), await makeSignature(token, secret)) ? token : null;
}
