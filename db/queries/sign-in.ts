import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "../client.ts";

export type AttemptRule = {
  accountKey: string;
  networkKey: string;
  accountLimit: number;
  networkLimit: number;
  windowMinutes: number;
};

/**
 * Counts one attempt and says whether it may go on, in one statement, so that any number of processes share the count.
 * What the account's limit refuses does not count against the network: guessing at one person locks out nobody beside
 * them. A network at its limit adds no more accounts.
 */
export async function countAttempt(db: Db, rule: AttemptRule, now: Date): Promise<boolean> {
  const { accountKey, networkKey, accountLimit, networkLimit, windowMinutes } = rule;
  const at = sql`${now.toISOString()}::timestamptz`;
  const isOver = sql`sign_in_attempts.window_started_at <= ${at} - make_interval(mins => ${windowMinutes})`;
  const counted = sql`
    on conflict (key) do update set
      attempts = case when ${isOver} then 1 else least(sign_in_attempts.attempts + 1, 1000000) end,
      window_started_at = case when ${isOver} then ${at} else sign_in_attempts.window_started_at end
    returning attempts`;
  const { rows } = await db.execute<{ isAllowed: boolean }>(sql`
    with account as (
      insert into sign_in_attempts (key, window_started_at, attempts)
      select ${accountKey}, ${at}, 1
      where not exists (
        select from sign_in_attempts where key = ${networkKey} and attempts >= ${networkLimit} and not ${isOver}
      )
      ${counted}
    ), network as (
      insert into sign_in_attempts (key, window_started_at, attempts)
      select ${networkKey}, ${at}, 1 from account where attempts <= ${accountLimit}
      ${counted}
    )
    select attempts <= ${networkLimit} as "isAllowed" from network`);
  return rows[0]?.isAllowed ?? false;
}

/** Takes back the count of an attempt that turned out to be the right person. */
export async function forgiveAttempt(db: Db, keys: string[]): Promise<void> {
  await db.execute(sql`
    update sign_in_attempts set attempts = greatest(attempts - 1, 0)
    where key in (select unnest(${sql.param(keys)}::text[]))`);
}

/** Old windows say nothing any more. */
export async function deleteOldAttempts(db: Db, before: Date): Promise<void> {
  await db.execute(sql`delete from sign_in_attempts where window_started_at < ${before.toISOString()}::timestamptz`);
}

export type SignIn = {
  userId: number;
  role: "admin" | "staff" | "member";
  name: string;
  email: string;
  language: string;
  hasPassword: boolean;
};

/** The sign-in of an address, unless its owner was archived or erased. */
export async function findSignIn(db: Db, email: string): Promise<SignIn | null> {
  const { rows } = await db.execute<SignIn>(sql`
    select u.id as "userId", u.role, a.email, coalesce(nullif(trim(u.first_name), ''), a.name) as name,
           coalesce(u.language, (select language from gym_settings)) as language,
           exists (select from auth_accounts where user_id = a.id and password is not null) as "hasPassword"
    from auth_users a join users u on u.id = a.user_id
    where a.email = lower(${email}) and u.archived_at is null and u.erased_at is null`);
  return rows[0] ?? null;
}

/**
 * The same, made for whoever has none yet: a person who was brought in needs no more than an address that is theirs alone.
 * Staff go before members; where several share it, nobody gets one. An address that has changed hands, and one that
 * replaced another, goes with the person who has it now.
 */
export async function openSignIn(db: Db, email: string): Promise<SignIn | null> {
  return withTransaction(db, async (tx) => {
    const isHere = sql`archived_at is null and erased_at is null`;
    // Whoever opened the mail would sign in as the one who had the address before.
    await tx.execute(sql`
      delete from auth_users a using users u
      where a.email = lower(${email}) and u.id = a.user_id and (
        u.archived_at is not null or u.erased_at is not null
        or (lower(u.email) <> a.email and exists (select from users where lower(email) = a.email and ${isHere})))`);
    const known = await findSignIn(tx, email);
    if (known) {
      return known;
    }
    await tx.execute(sql`
      insert into auth_users (user_id, email, name, email_verified)
      select id, lower(${email}), coalesce(nullif(trim(first_name || ' ' || last_name), ''), lower(${email})), true
      from (
        select *, rank() over (order by role = 'member') as place, count(*) over (partition by role = 'member') as sharing
        from users where lower(email) = lower(${email}) and ${isHere}
      ) person
      where place = 1 and sharing = 1
      on conflict (user_id) do update set email = excluded.email, updated_at = now()`);
    return findSignIn(tx, email);
  });
}

/** Whether the owner of a sign-in (auth_users.id) is still somebody here. */
export async function maySignIn(db: Db, authUserId: number): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from auth_users a join users u on u.id = a.user_id
    where a.id = ${authUserId} and u.archived_at is null and u.erased_at is null`);
  return rows.length > 0;
}

/** Makes the sign-in of a person, or gives them another address. Returns auth_users.id. */
export async function saveSignIn(db: Db, input: { userId: number; email: string; name: string }): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into auth_users (user_id, email, name, email_verified)
    values (${input.userId}, lower(${input.email}), ${input.name}, true)
    on conflict (user_id) do update set email = excluded.email, name = excluded.name, updated_at = now()
    returning id`);
  const id = rows[0]?.id;
  if (id === undefined) {
    throw new Error("A sign-in was neither made nor found");
  }
  return id;
}

/** The stored hash of a person's password (users.id), or null without one. */
export async function findPasswordHash(db: Db, userId: number): Promise<string | null> {
  const { rows } = await db.execute<{ password: string | null }>(sql`
    select c.password from auth_accounts c join auth_users a on a.id = c.user_id
    where a.user_id = ${userId} and c.provider_id = 'credential'`);
  return rows[0]?.password ?? null;
}

export async function savePasswordHash(db: Db, userId: number, hash: string): Promise<void> {
  await db.execute(sql`
    insert into auth_accounts (user_id, account_id, provider_id, password)
    select id, id::text, 'credential', ${hash} from auth_users where user_id = ${userId}
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`);
}

/** Makes sign-in links that were not used yet worthless. */
export async function deleteOpenLinks(db: Db, userId: number): Promise<void> {
  await db.execute(sql`
    delete from auth_verifications v using auth_users a
    where a.user_id = ${userId} and v.identifier like 'magic-link:%' and v.value::jsonb ->> 'email' = a.email`);
}
