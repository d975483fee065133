import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import type { Clock } from "#lib/clock";
import { one } from "#lib/rows";

export type NewMembership = {
  memberId: number;
  startsOn: string;
  /** The last day it is valid; null never ends. Left out, what is stored stays. */
  endsOn?: string | null;
  /** Left out, what is stored stays; a new membership then has the member's present level. */
  level?: string | null;
};

type Recorded = {
  created: number;
  updated: number;
  unchanged: number;
  changed: { memberId: number; startsOn: string }[];
};

/**
 * Stores memberships, each known by its member and first day (of several with the same, the first counts), and keeps
 * what `users` says of them: the last day of the last one, and the level of the one that is valid today, else of the
 * latest. An end that moved later, past today, leaves an event `renewed`.
 */
export async function recordMemberships(db: Db, memberships: NewMembership[], clock: Clock): Promise<Recorded> {
  const memberIds = [...new Set(memberships.map(({ memberId }) => memberId))];
  return withTransaction(db, async (tx) => {
    // Two callers that add different memberships of one member must not both miss the other's in the end they compute.
    await tx.execute(sql`
      select id from users where id = any(${sql.param(memberIds)}::bigint[]) order by id for no key update`);
    const { created, changed } = await storeMemberships(tx, memberships);
    await followMemberships(tx, memberIds, clock);
    return { created, updated: changed.length - created, unchanged: memberships.length - changed.length, changed };
  });
}

async function storeMemberships(tx: Db, memberships: NewMembership[]) {
  const { rows } = await tx.execute<Pick<Recorded, "created" | "changed">>(sql`
    with given as (
      select distinct on (given.member_id, given.starts_on) given.member_id, given.starts_on,
             case when given.sets_end then given.ends_on else known.ends_on end as ends_on,
             case when given.sets_level then given.level when known.id is null then users.membership_level else known.level end as level,
             known.id is null as is_new
      from unnest(${sql.param(memberships.map(({ memberId }) => memberId))}::bigint[],
                  ${sql.param(memberships.map(({ startsOn }) => startsOn))}::date[],
                  ${sql.param(memberships.map(({ endsOn }) => endsOn ?? null))}::date[],
                  ${sql.param(memberships.map(({ endsOn }) => endsOn !== undefined))}::boolean[],
                  ${sql.param(memberships.map(({ level }) => level ?? null))}::text[],
                  ${sql.param(memberships.map(({ level }) => level !== undefined))}::boolean[])
        with ordinality as given (member_id, starts_on, ends_on, sets_end, level, sets_level, position)
      join users on users.id = given.member_id
      left join memberships known on known.member_id = given.member_id and known.starts_on = given.starts_on
      order by given.member_id, given.starts_on, given.position
    ),
    stored as (
      insert into memberships as known (member_id, starts_on, ends_on, level)
      select member_id, starts_on, ends_on, level from given order by member_id, starts_on
      on conflict (member_id, starts_on) do update set
        ends_on = excluded.ends_on, level = excluded.level, updated_at = now()
      where (known.ends_on, known.level) is distinct from (excluded.ends_on, excluded.level)
      returning member_id, starts_on
    )
    select (select count(*)::int from given where is_new) as created,
           (select coalesce(json_agg(json_build_object('memberId', member_id, 'startsOn', starts_on)), '[]')
            from stored) as changed`);
  return one(rows);
}

/** Writes what follows from the memberships of these members into `users`, for those whom it changes. */
async function followMemberships(tx: Db, memberIds: number[], clock: Clock) {
  await tx.execute(sql`
    with latest as (
      select member_id,
             case when bool_or(ends_on is null) then null else max(ends_on) end as ends_on,
             (array_agg(level order by
               starts_on <= ${clock.today}::date and coalesce(ends_on >= ${clock.today}::date, true) desc,
               starts_on desc))[1] as level
      from memberships where member_id = any(${sql.param(memberIds)}::bigint[]) group by member_id
    ),
    before as (
      select users.id, users.membership_ends_on as ended_on, latest.ends_on, latest.level
      from latest join users on users.id = latest.member_id
      where (users.membership_ends_on, users.membership_level) is distinct from (latest.ends_on, latest.level)
    ),
    followed as (
      update users set membership_ends_on = before.ends_on, membership_level = before.level, updated_at = now()
      from before where users.id = before.id
    )
    insert into member_events (member_id, type, detail, occurred_at)
    select id, 'renewed', jsonb_build_object('from', ended_on, 'to', ends_on), ${clock.now.toISOString()}::timestamptz
    from before
    where ended_on is not null
      and coalesce(ends_on > ended_on and ends_on >= ${clock.today}::date, ends_on is null)
    order by id`);
}
