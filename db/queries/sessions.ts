import { sql } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";

type SessionRow = {
  startedAt: Date;
  seenAt: Date;
  userId: number;
  role: "admin" | "staff" | "member";
  name: string;
  email: string;
  language: "en" | "de" | "fr" | "it";
};

/** The session behind a token, with the person's role as it is now. Nobody who was archived or erased has one. */
export async function findSession(db: Db, token: string): Promise<SessionRow | null> {
  const { rows } = await db.execute<
    Omit<SessionRow, "startedAt" | "seenAt"> & { startedAt: string; seenAt: string }
  >(sql`
    select s.created_at as "startedAt", s.updated_at as "seenAt", u.id as "userId", u.role,
           coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), a.name) as name, a.email,
           coalesce(u.language, (select language from gym_settings where language in ('en', 'de', 'fr', 'it')), 'en') as language
    from auth_sessions s
    join auth_users a on a.id = s.user_id
    join users u on u.id = a.user_id
    where s.token = ${token} and s.expires_at > now() and u.archived_at is null and u.erased_at is null`);
  const row = rows[0];
  return row ? { ...row, startedAt: new Date(row.startedAt), seenAt: new Date(row.seenAt) } : null;
}

export async function markSessionSeen(db: Db, token: string, now: Date): Promise<void> {
  await db.execute(sql`
    update auth_sessions set updated_at = greatest(updated_at, ${now.toISOString()}::timestamptz) where token = ${token}`);
}

export async function endSession(db: Db, token: string): Promise<void> {
  await db.execute(sql`delete from auth_sessions where token = ${token}`);
}

/** Ends every session of these people (users.id): after a new password, a new role, an archiving or an erasure. */
export async function endSessionsOf(db: Db | Tx, userIds: number[]): Promise<void> {
  await db.execute(sql`
    delete from auth_sessions s using auth_users a
    where a.id = s.user_id and a.user_id in (select unnest(${sql.param(userIds)}::bigint[]))`);
}

type NewSession = { userId: number; token: string; expiresAt: Date; address: string | null; userAgent: string | null };

/** Begins a session of a person (users.id). */
export async function startSession(db: Db, session: NewSession): Promise<void> {
  await db.execute(sql`
    insert into auth_sessions (user_id, token, expires_at, ip_address, user_agent)
    select id, ${session.token}, ${session.expiresAt.toISOString()}::timestamptz, ${session.address}, ${session.userAgent}
    from auth_users where user_id = ${session.userId}`);
}
