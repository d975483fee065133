import { createHmac, timingSafeEqual } from "node:crypto";

/** Names a member in a link out of marketing email. It never expires: such a link must work for as long as the mail is kept. */
export function signUnsubscribeToken(memberId: number, secret: string): string {
  return `${memberId}.${mac(memberId, secret)}`;
}

/** The member that a token names, or null when it is not one of ours. */
export function readUnsubscribeToken(token: string, secret: string): number | null {
  const [, id, given = ""] = /^(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
  if (!id) {
    return null;
  }
  const expected = Buffer.from(mac(Number(id), secret));
  return timingSafeEqual(expected, Buffer.from(given)) ? Number(id) : null;
}

const mac = (memberId: number, secret: string) =>
  createHmac("sha256", secret).update(`unsubscribe:${memberId}`).digest("base64url");
