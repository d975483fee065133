import type { Db } from "#db/client";
import { endSession, findSession, markSessionSeen } from "#db/queries/sessions";
import { isSessionAlive } from "./session-lifetime.ts";

export type Role = "admin" | "staff" | "member";

export type Viewer = {
  /** users.id */
  userId: number;
  role: Role;
  name: string;
  email: string;
  language: "en" | "de" | "fr" | "it";
};

const seenAgainAfterMs = 60_000;

/** Whose session a token is. One that has run out is ended for good. */
export async function findViewer(db: Db, token: string, now: Date): Promise<Viewer | null> {
  const session = await findSession(db, token);
  if (!session) {
    return null;
  }
  const { startedAt, seenAt, ...viewer } = session;
  if (!isSessionAlive({ startedAt, seenAt, role: viewer.role }, now)) {
    await endSession(db, token);
    return null;
  }
  if (now.getTime() - seenAt.getTime() > seenAgainAfterMs) {
    await markSessionSeen(db, token, now);
  }
  return viewer;
}
