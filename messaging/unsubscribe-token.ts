import { createHmac, timingSafeEqual } from "node:crypto";
import type { Env } from "#env";

/** Names a member in a link out of marketing email. It never expires: such a link must work for as long as the mail is kept. */
export function signUnsubscribeToken(memberId: number, secret: string): string {
  return `${memberId}.${mac(memberId, secret)}`;
}

/**
 * The member that a token names, or null when it is not one of ours. What was mailed under the previous secret is good as
 * long as that is known.
 */
export function readUnsubscribeToken(
  token: string,
  { AUTH_SECRET, AUTH_SECRET_PREVIOUS }: Pick<Env, "AUTH_SECRET" | "AUTH_SECRET_PREVIOUS">,
): number | null {
  const [, id, given = ""] = /^(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
  if (!id) {
    return null;
  }
  const isSignedWith = (key: string) => timingSafeEqual(Buffer.from(mac(Number(id), key)), Buffer.from(given));
  return [AUTH_SECRET, AUTH_SECRET_PREVIOUS].some((key) => key && isSignedWith(key)) ? Number(id) : null;
}

const mac = (memberId: number, secret: string) =>
  createHmac("sha256", secret).update(`unsubscribe:${memberId}`).digest("base64url");
