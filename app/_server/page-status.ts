import type { Env } from "#env";
import { readUnsubscribeToken } from "#messaging/unsubscribe-token";

/** A page cannot say itself that it was asked for wrongly: a link out of mail that is not whole is a bad request. */
export function pageStatus(pathname: string, secrets: Pick<Env, "AUTH_SECRET" | "AUTH_SECRET_PREVIOUS">): number {
  const [, token] = /^\/unsubscribe(?:\/(.*))?$/.exec(pathname) ?? [];
  const isLink = pathname === "/unsubscribe" || token !== undefined;
  return isLink && readUnsubscribeToken(token ?? "", secrets) === null ? 400 : 200;
}
