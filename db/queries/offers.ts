import { sql } from "drizzle-orm";
import type { Tx } from "../client.ts";
import { memberOffers, offerCodes } from "../schema/index.ts";

/** What is known of a code, locked: who gives it out meanwhile waits for us. Null for a code without a row. */
export async function lockOfferCode(tx: Tx, code: string) {
  const { rows } = await tx.execute<{ remaining: number | null; expiresOn: string | null; isArchived: boolean }>(sql`
    select remaining, expires_on::text as "expiresOn", archived_at is not null as "isArchived"
    from ${offerCodes} where code = ${code} for update`);
  return rows[0] ?? null;
}

/** The runs whose step has given its offer already. */
export async function listRunsWithOffer(tx: Tx, stepId: number, runIds: number[]): Promise<Set<number>> {
  const { rows } = await tx.execute<{ runId: number }>(sql`
    select run_id as "runId" from ${memberOffers}
    where step_id = ${stepId} and run_id = any(${sql.param(runIds)}::bigint[])`);
  return new Set(rows.map(({ runId }) => runId));
}

type NewOffers<RunId extends number | null> = {
  /** Null, like the runs, of an offer that a person gives. */
  stepId: number | null;
  code: string;
  targets: { runId: RunId; memberId: number; description: string }[];
  /** The gym's day. */
  appliedOn: string;
  expiresOn: string;
  appliedAt: Date;
  /** How many of them at most; null: all. */
  limit: number | null;
};

/**
 * Gives an offer to those who do not have it open, in the order of the members' ids while the limit lasts. Returns the
 * runs that got theirs.
 */
export async function insertOffers<RunId extends number | null>(tx: Tx, offers: NewOffers<RunId>): Promise<Set<RunId>> {
  const { stepId, code, targets, appliedOn, expiresOn, appliedAt, limit } = offers;
  const { rows } = await tx.execute<{ runId: RunId }>(sql`
    with target as (
      select distinct on (member_id) run_id, member_id, description
      from unnest(
        ${sql.param(targets.map(({ runId }) => runId))}::bigint[],
        ${sql.param(targets.map(({ memberId }) => memberId))}::bigint[],
        ${sql.param(targets.map(({ description }) => description))}::text[]
      ) as given (run_id, member_id, description)
      order by member_id, run_id
    )
    insert into ${memberOffers} (member_id, run_id, step_id, offer_code, description, applied_on, expiry_date, applied_at)
    select member_id, run_id, ${stepId}::int, ${code}, description, ${appliedOn}, ${expiresOn}, ${appliedAt}::timestamptz
    from target
    where not exists (
      select from ${memberOffers} o
      where o.member_id = target.member_id and o.offer_code = ${code} and not o.is_used
        and o.expiry_date >= ${appliedOn}::date and o.applied_on <= ${expiresOn}::date
    )
    order by member_id limit ${limit}::bigint
    on conflict do nothing
    returning run_id as "runId"`);
  return new Set(rows.map(({ runId }) => runId));
}

/** Of the members, those who hold a code that they can still use. */
export async function listMembersWithOffer(tx: Tx, code: string, memberIds: number[], today: string) {
  const { rows } = await tx.execute<{ memberId: number }>(sql`
    select distinct member_id as "memberId" from ${memberOffers}
    where offer_code = ${code} and not is_used and expiry_date >= ${today}::date
      and member_id = any(${sql.param(memberIds)}::bigint[])`);
  return new Set(rows.map(({ memberId }) => memberId));
}

/** Takes what was given out off a code's stock; the schema forbids less than none. */
export async function takeFromOfferCode(tx: Tx, code: string, count: number): Promise<void> {
  await tx.execute(sql`update ${offerCodes} set remaining = remaining - ${count}::int where code = ${code}`);
}
