import { cookies } from "next/headers";
import { cache } from "react";
import { getEnv } from "#env";
import { getDb } from "./db.ts";
import { readSessionCookie, sessionCookieName } from "./session-cookie.ts";
import { findViewer, type Viewer } from "./viewer.ts";

export type { Role, Viewer } from "./viewer.ts";

/** Who is asking, or null. Asked once a request; the answer comes from the database each time, never from the cookie. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  const { APP_URL, AUTH_SECRET } = getEnv();
  const cookie = (await cookies()).get(sessionCookieName(APP_URL))?.value;
  const token = await readSessionCookie(cookie, AUTH_SECRET);
  return token ? findViewer(getDb(), token, new Date()) : null;
});
