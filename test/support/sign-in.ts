import { createAuth } from "#app/_server/auth";
import { createSignIn } from "#app/_server/create-sign-in";
import { hashNewPassword } from "#app/_server/passwords";
import { readSessionCookie } from "#app/_server/session-cookie";
import { findViewer, type Viewer } from "#app/_server/viewer";
import type { Db } from "#db/client";
import { savePasswordHash } from "#db/queries/sign-in";
import { createLog } from "#lib/log";
import { createMember } from "./factories.ts";

export const secret = "a secret of forty characters, at the least";
export const password = "correct horse battery";

const appUrl = "https://app.gym.example";

/** Sign-in as the web process has it, but for the mail: who would get a link is written down. */
export function openAuth(db: Db, now?: () => Date) {
  const links: { email: string; token: string }[] = [];
  const onLinkToken = async (email: string, token: string) => {
    links.push({ email, token });
  };
  const log = createLog({ name: "test", level: "silent" });
  return { links, auth: createAuth({ db, appUrl, secret, log, onLinkToken, now }) };
}

let people = 0;
/** Made once: to take long is what it is for, and all have the same password. */
let hash: Promise<string> | undefined;

export async function createPerson(db: Db, role: Viewer["role"] = "member") {
  const email = `person${people++}@gym.example`;
  const { id: userId } = await createMember(db, { role, email, firstName: "Mara", lastName: "Moser" });
  await createSignIn(db, { userId, email, name: "Mara" });
  hash ??= hashNewPassword(password);
  await savePasswordHash(db, userId, await hash);
  return { userId, email };
}

export const from = (address: string) => new Headers({ "x-client-address": address });

/** Signs in over HTTP, as a browser would. */
export function signIn(db: Db, email: string, typed = password, options: { address?: string; now?: () => Date } = {}) {
  const { address = "203.0.113.1", now } = options;
  const request = new Request(`${appUrl}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: appUrl, "x-client-address": address },
    body: JSON.stringify({ email, password: typed }),
  });
  return openAuth(db, now).auth.handler(request);
}

/** The session cookie's value, as a browser would send it back. */
export const cookieOf = (response: Response) =>
  decodeURIComponent(/__Host-session=([^;]*)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "");

export async function viewerOf(db: Db, cookie: string, now = new Date()): Promise<Viewer | null> {
  const token = await readSessionCookie(cookie, secret);
  return token ? findViewer(db, token, now) : null;
}
