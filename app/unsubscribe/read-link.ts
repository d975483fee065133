import { getEnv } from "#env";
import { readUnsubscribeToken } from "#messaging/unsubscribe-token";
import { readShown } from "../_preferences/read-shown.ts";

/** What the page behind a link shows: no token when it is not one of ours, no preferences when its member is gone. */
export async function readLink(segments: string[] | undefined) {
  const token = segments?.join("/") ?? "";
  const memberId = readUnsubscribeToken(token, getEnv());
  return memberId === null ? { token: null, preferences: null } : { token, preferences: await readShown(memberId) };
}
