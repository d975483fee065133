import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { consentEvents } from "../schema/index.ts";

export type NewConsent = Pick<
  typeof consentEvents.$inferInsert,
  "memberId" | "channel" | "class" | "isGranted" | "source" | "wording"
>;

/**
 * Adds what members said to the ledger, where it differs from what they said last. With `keepRefusals` a recorded no
 * is never turned into a yes: only the member can do that. The members are locked, so that nobody else's yes or no
 * slips in between looking and writing.
 */
export async function recordConsents(tx: Tx, consents: NewConsent[], { keepRefusals }: { keepRefusals: boolean }) {
  if (consents.length === 0) {
    return { changedMemberIds: [], keptRefusals: 0 };
  }
  const memberIds = sql.param([...new Set(consents.map(({ memberId }) => memberId))]);
  await tx.execute(sql`select id from users where id = any(${memberIds}::bigint[]) order by id for no key update`);
  const { rows } = await tx.execute<{ memberId: number; isKept: boolean }>(sql`
    with given as (
      select given.*, (
        select is_granted from consent_events known
        where known.member_id = given.member_id and known.channel = given.channel and known.class = given.class
        order by known.id desc limit 1
      ) as was_granted
      from unnest(${sql.param(consents.map(({ memberId }) => memberId))}::bigint[],
                  ${sql.param(consents.map(({ channel }) => channel))}::text[],
                  ${sql.param(consents.map((consent) => consent.class))}::text[],
                  ${sql.param(consents.map(({ isGranted }) => isGranted))}::boolean[],
                  ${sql.param(consents.map(({ source }) => source))}::text[],
                  ${sql.param(consents.map(({ wording }) => wording ?? null))}::text[])
        as given (member_id, channel, class, is_granted, source, wording)
    ),
    news as (
      select *, ${keepRefusals} and is_granted and was_granted is false as is_kept
      from given where is_granted is distinct from was_granted
    ),
    written as (
      insert into consent_events (member_id, channel, class, is_granted, source, wording)
      select member_id, channel, class, is_granted, source, wording from news where not is_kept order by member_id
    )
    select member_id as "memberId", is_kept as "isKept" from news`);
  return {
    changedMemberIds: rows.filter(({ isKept }) => !isKept).map(({ memberId }) => memberId),
    keptRefusals: rows.filter(({ isKept }) => isKept).length,
  };
}
