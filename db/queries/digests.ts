import { type SQL, sql } from "drizzle-orm";
import { digestHours, digestQuestion } from "#lib/staff-digest";
import { addressHash } from "../address-hash.ts";
import { type Db, type Tx, withTransaction } from "../client.ts";
import { gymSettings, staffDigests, users } from "../schema/index.ts";
import { recordConsents } from "./consent.ts";
import { isAvailable } from "./tasks.ts";

/** What the owner of `u` last said of their digest. Who said nothing wants it. */
const wantsDigest = sql`coalesce((
  select e.is_granted from consent_events e
  where e.member_id = u.id and e.channel = 'email' and e.class = 'digest' order by e.id desc limit 1), true)`;

/**
 * Selects the `user_id` of everybody whose digest is due at an instant and not done with, and its `day`. Whoever asked that
 * nothing at all goes to the address gets none: only links to sign in were left out of that promise.
 */
export function owedDigests(now: SQL): SQL {
  const wallClock = sql`(${now} at time zone g.time_zone)`;
  return sql`
    select u.id as user_id, ${wallClock}::date as day
    from ${users} u cross join ${gymSettings} g
    where ${wallClock}::time >= ${digestHours.from}::time and ${wallClock}::time < ${digestHours.until}::time
      and ${isAvailable(wallClock)} and trim(u.email) <> '' and ${wantsDigest}
      and not exists (select from ${staffDigests} d where d.user_id = u.id and d.day = ${wallClock}::date)
      and not exists (select from suppressions s where s.channel = 'email' and s.reason = 'requested' and s.until is null
                        and s.address_hash = ${addressHash(sql`u.email`)})`;
}

export type Recipient = { userId: number; firstName: string; email: string; language: string };

/** Marks the digests that are due as done with. What comes of each belongs into the same transaction. */
export async function claimDigests(tx: Tx, now: Date): Promise<Recipient[]> {
  const { rows } = await tx.execute<Recipient>(sql`
    with claimed as (
      insert into ${staffDigests} (user_id, day)
      select user_id, day from (${owedDigests(sql`${now}::timestamptz`)}) owed order by user_id
      on conflict do nothing
      returning user_id
    )
    select u.id as "userId", u.first_name as "firstName", trim(u.email) as email, coalesce(u.language, g.language) as language
    from claimed join ${users} u on u.id = claimed.user_id cross join ${gymSettings} g
    order by u.id`);
  return rows;
}

export type Written = { userId: number; messageId: number; memberIds: number[] };

/** Which message somebody's digest of a day became, and whom it names. */
export async function recordDigests(tx: Tx, day: string, written: Written[]): Promise<void> {
  await tx.execute(sql`
    update ${staffDigests} d
    set message_id = given.message_id,
        member_ids = array(select jsonb_array_elements_text(given.member_ids)::bigint)
    from unnest(
      ${sql.param(written.map(({ userId }) => userId))}::bigint[],
      ${sql.param(written.map(({ messageId }) => messageId))}::bigint[],
      ${sql.param(written.map(({ memberIds }) => JSON.stringify(memberIds)))}::jsonb[]
    ) as given (user_id, message_id, member_ids)
    where d.user_id = given.user_id and d.day = ${day}::date`);
}

/** Whether somebody of the staff gets a digest. */
export async function readDigestChoice(db: Db, userId: number): Promise<boolean> {
  const { rows } = await db.execute<{ isOn: boolean }>(sql`
    select ${wantsDigest} as "isOn" from ${users} u where u.id = ${userId}`);
  return rows[0]?.isOn ?? false;
}

/** Keeps what somebody says of their own digest, word by word. It counts from the next morning on. */
export async function recordDigestChoice(db: Db, userId: number, isOn: boolean): Promise<void> {
  const said = { memberId: userId, channel: "email", class: "digest", isGranted: isOn } as const;
  await withTransaction(db, (tx) =>
    recordConsents(tx, [{ ...said, source: "preferences", wording: digestQuestion }], { keepRefusals: false }),
  );
}
