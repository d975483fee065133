import { generateRandomString } from "better-auth/crypto";
import { type Db, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { endSessionsOf, startSession } from "#db/queries/sessions";
import { deleteOpenLinks, findPasswordHash, savePasswordHash } from "#db/queries/sign-in";
import { AppError } from "#lib/errors";
import { hashNewPassword, isPasswordRight } from "./passwords.ts";
import { sessionCookieMaxAgeSeconds } from "./session-cookie.ts";
import { forgiveSignIn, mayTrySignIn } from "./sign-in-limits.ts";
import type { Viewer } from "./viewer.ts";

type Change = {
  viewer: Viewer;
  /** Asked for only where there is one already. */
  current: string;
  password: string;
  address: string | null;
  userAgent: string | null;
  now: Date;
};

/** Sets a password and ends every session and open link of its owner. Returns the token of a new session for this browser. */
export async function changePassword(db: Db, change: Change): Promise<string> {
  const { viewer, password, address, userAgent, now } = change;
  await requireCurrentPassword(db, change);
  const hash = await hashNewPassword(password);
  const token = generateRandomString(32, "a-z", "A-Z", "0-9");
  const expiresAt = new Date(now.getTime() + sessionCookieMaxAgeSeconds * 1000);
  const { userId } = viewer;
  await withTransaction(db, async (tx) => {
    await savePasswordHash(tx, userId, hash);
    await endSessionsOf(tx, [userId]);
    await deleteOpenLinks(tx, userId);
    await startSession(tx, { userId, token, expiresAt, address, userAgent });
    await insertAuditEvent(tx, { actorId: userId, action: "password_set", subjectType: "user", subjectId: userId });
  });
  return token;
}

async function requireCurrentPassword(db: Db, { viewer, current, address, now }: Change) {
  const hash = await findPasswordHash(db, viewer.userId);
  if (!hash) {
    return;
  }
  const attempt = { way: "password", email: viewer.email, address, now } as const;
  if (!(await mayTrySignIn(db, attempt))) {
    throw new AppError("too_many", "Too many attempts. Try again in 15 minutes.");
  }
  if (!(await isPasswordRight(hash, current))) {
    throw new AppError("invalid", "Your current password is not right.", { current: "This is not your password." });
  }
  await forgiveSignIn(db, attempt);
}
