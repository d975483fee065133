import { sql } from "drizzle-orm";
import type { Clock } from "#lib/clock";
import type { Tx } from "../client.ts";
import { memberReferences } from "../member-references.ts";
import { recordMemberships } from "./memberships.ts";

/** Two records of one member: whose own stays, and whose rows become the other's. */
export type Pair = { keep: number; drop: number };

const countOf = (rowCount: number | null) => rowCount ?? 0;

/** Lets every row that only names the member name the survivor. Returns how many of each table there were. */
export async function moveRows(tx: Tx, { keep, drop }: Pair): Promise<Record<string, number>> {
  const moved: Record<string, number> = {};
  for (const reference of memberReferences.moved) {
    const [table = "", column = ""] = reference.split(".");
    const named = sql.identifier(column);
    const { rowCount } = await tx.execute(
      sql`update ${sql.identifier(table)} set ${named} = ${keep} where ${named} = ${drop}`,
    );
    moved[table] = (moved[table] ?? 0) + countOf(rowCount);
  }
  return moved;
}

/** A tag that both carry stays as the survivor was given it. */
export async function mergeTags(tx: Tx, { keep, drop }: Pair): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    insert into member_tags (member_id, tag, run_id, created_at)
    select ${keep}, tag, run_id, created_at from member_tags where member_id = ${drop} order by tag
    on conflict do nothing`);
  await tx.execute(sql`delete from member_tags where member_id = ${drop}`);
  return countOf(rowCount);
}

/** A visit that both were recorded for is one. */
export async function mergeVisits(tx: Tx, { keep, drop }: Pair): Promise<number> {
  await tx.execute(sql`
    delete from visits d using visits k
    where d.member_id = ${drop} and k.member_id = ${keep} and d.external_id is null and k.external_id is null
      and (d.visited_at, d.kind, d.class_name) = (k.visited_at, k.kind, k.class_name)`);
  const { rowCount } = await tx.execute(sql`update visits set member_id = ${keep} where member_id = ${drop}`);
  return countOf(rowCount);
}

/** Of two scores of the same instant the survivor's own counts. */
export async function mergeRiskScores(tx: Tx, { keep, drop }: Pair): Promise<number> {
  await tx.execute(sql`
    delete from risk_scores d using risk_scores k
    where d.member_id = ${drop} and k.member_id = ${keep} and d.scored_at = k.scored_at`);
  const { rowCount } = await tx.execute(sql`update risk_scores set member_id = ${keep} where member_id = ${drop}`);
  return countOf(rowCount);
}

/**
 * What is known of visits and risk, counted anew from the rows. They are locked first, in the order of those who record
 * visits: what such a one counts afterwards is added to what is counted here.
 */
export async function mergeStats(tx: Tx, { keep, drop }: Pair): Promise<void> {
  await tx.execute(sql`select from member_stats where member_id in (${keep}, ${drop}) order by member_id for update`);
  await tx.execute(sql`
    insert into member_stats as stats
      (member_id, first_visit_on, last_visit_on, last_visit_at, visits_total, risk_score, risk_scored_at, risk_reasons)
    select ${keep}, came.first_on, came.last_on, came.last_at, came.visits, newest.score, newest.scored_at, newest.reasons
    from (
      select min(visited_on) as first_on, max(visited_on) as last_on, max(visited_at) as last_at, count(*)::int as visits
      from visits where member_id = ${keep} and kind <> 'no_show'
    ) came
    left join lateral (
      select score, scored_at, reasons from risk_scores where member_id = ${keep} order by scored_at desc limit 1
    ) newest on true
    where came.visits > 0 or newest.score is not null
    on conflict (member_id) do update set
      first_visit_on = excluded.first_visit_on, last_visit_on = excluded.last_visit_on,
      last_visit_at = excluded.last_visit_at, visits_total = excluded.visits_total, risk_score = excluded.risk_score,
      risk_scored_at = excluded.risk_scored_at, risk_reasons = excluded.risk_reasons`);
  await tx.execute(sql`delete from member_stats where member_id = ${drop}`);
}

/** Of two memberships with one first day it is one, which ends with the later. */
export async function mergeMemberships(tx: Tx, { keep, drop }: Pair, clock: Clock): Promise<number> {
  const { rows } = await tx.execute<{ startsOn: string; endsOn: string | null; level: string | null }>(sql`
    select d.starts_on::text as "startsOn", coalesce(k.level, d.level) as level,
           case when k.id is null then d.ends_on
                when k.ends_on is not null and d.ends_on is not null then greatest(k.ends_on, d.ends_on) end::text as "endsOn"
    from memberships d left join memberships k on k.member_id = ${keep} and k.starts_on = d.starts_on
    where d.member_id = ${drop}`);
  if (rows.length > 0) {
    await recordMemberships(
      tx,
      rows.map((membership) => ({ ...membership, memberId: keep })),
      clock,
    );
    await tx.execute(sql`delete from memberships where member_id = ${drop}`);
  }
  return rows.length;
}

/** A code is open once: of two offers of one code at the same time the one that can be used longer stays. */
export async function mergeOffers(tx: Tx, { keep, drop }: Pair): Promise<number> {
  await tx.execute(sql`
    delete from member_offers gone using member_offers stays
    where (gone.member_id, stays.member_id) in ((${drop}, ${keep}), (${keep}, ${drop}))
      and gone.offer_code = stays.offer_code and not gone.is_used and not stays.is_used
      and daterange(least(gone.applied_on, gone.expiry_date), gone.expiry_date, '[]')
       && daterange(least(stays.applied_on, stays.expiry_date), stays.expiry_date, '[]')
      and (stays.expiry_date, stays.member_id = ${keep}) > (gone.expiry_date, gone.member_id = ${keep})`);
  const { rowCount } = await tx.execute(sql`update member_offers set member_id = ${keep} where member_id = ${drop}`);
  return countOf(rowCount);
}

/** Whoever erases the survivor erases the digests, too, that named the other. */
export async function mergeDigests(tx: Tx, { keep, drop }: Pair): Promise<void> {
  await tx.execute(sql`
    update staff_digests set member_ids = array_replace(member_ids, ${drop}::bigint, ${keep}::bigint)
    where member_ids @> array[${drop}::bigint]`);
}

/**
 * What waits for a worker waits for it in the survivor's name. What a worker has in hand – it may be waiting for us – is
 * left to it, who finds that the member is gone, and asked once more.
 */
export async function handOnWaiting(tx: Tx, { keep, drop }: Pair): Promise<void> {
  await tx.execute(sql`
    with theirs as (select * from member_events where member_id = ${drop}),
    free as (select id from member_events where member_id = ${drop} for no key update skip locked),
    moved as (update member_events set member_id = ${keep} where id in (select id from free))
    insert into member_events (member_id, type, detail, occurred_at)
    select ${keep}, type, detail, occurred_at from theirs where id not in (select id from free) order by id`);
  await tx.execute(sql`
    with theirs as (select * from requests where member_id = ${drop}),
    free as (select id from requests where member_id = ${drop} for no key update skip locked),
    moved as (update requests set member_id = ${keep} where id in (select id from free))
    insert into requests (type, workflow_id, member_id, tag, requested_by)
    select type, workflow_id, ${keep}, tag, requested_by from theirs
    where id not in (select id from free) and finished_at is null order by id`);
}
