import { type SQL, sql } from "drizzle-orm";
import type { Clock } from "#lib/clock";
import { riskFloors } from "#lib/risk-level";
import type { Db, Tx } from "../client.ts";
import type { memberGroups } from "../schema/figures.ts";

export type MemberGroup = (typeof memberGroups)[number];

export type MemberFigures = { group: MemberGroup; total: number; countedAt: string; members: FigureMember[] };

export type FigureMember = {
  id: number;
  name: string | null;
  lastVisitOn: string | null;
  riskScore: number | null;
  endsOn: string | null;
  joinedOn: string | null;
};

/** Days: without a visit, until the end, since joining. */
export const groupDays = { away: 30, ending: 14, joined: 30 } as const;

const kept = 5;

const lastActivity = sql`greatest(s.last_visit_on, u.join_date, u.last_freeze_ended_on)`;

/** Who belongs to a group, and who is first in it. */
const rules: Record<MemberGroup, { where: (today: SQL) => SQL; order: SQL }> = {
  at_risk: {
    where: () => sql`s.risk_score >= ${riskFloors.high} and u.profiling_objected_at is null`,
    order: sql`s.risk_score desc`,
  },
  // Those who fell silent last can be won back best.
  away: {
    where: (today) => sql`${lastActivity} <= ${today} - ${groupDays.away}::int`,
    order: sql`${lastActivity} desc`,
  },
  ending: {
    where: (today) => sql`u.membership_ends_on <= ${today} + ${groupDays.ending}::int`,
    order: sql`u.membership_ends_on`,
  },
  joined: {
    where: (today) => sql`u.join_date > ${today} - ${groupDays.joined}::int and u.join_date <= ${today}`,
    order: sql`u.join_date desc`,
  },
};

/** Counts all groups anew, of members who are active and whose membership goes on. */
export async function countMembers(tx: Tx, { now, today }: Clock): Promise<void> {
  const day = sql`${today}::date`;
  for (const [group, { where, order }] of Object.entries(rules)) {
    await tx.execute(sql`
      insert into member_figures (member_group, total, member_ids, counted_at)
      select ${group}, count(*), coalesce((array_agg(u.id order by ${order}, u.id))[1:${kept}::int], '{}'), ${now}::timestamptz
      from users u left join member_stats s on s.member_id = u.id
      where ${where(day)} and u.role = 'member' and u.erased_at is null and u.status = 'active'
        and (u.membership_ends_on is null or u.membership_ends_on >= ${day})
      on conflict (member_group) do update
        set total = excluded.total, member_ids = excluded.member_ids, counted_at = excluded.counted_at`);
  }
}

/** As they were counted last, with the first members as they are now; who was erased since is left out. */
export async function readMemberFigures(db: Db): Promise<MemberFigures[]> {
  const { rows } = await db.execute<MemberFigures>(sql`
    select f.member_group as "group", f.total, f.counted_at as "countedAt", coalesce(named.members, '[]') as members
    from member_figures f left join lateral (
      select json_agg(json_build_object(
        'id', u.id, 'name', nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), 'lastVisitOn', s.last_visit_on,
        'riskScore', s.risk_score, 'endsOn', u.membership_ends_on, 'joinedOn', u.join_date) order by place) as members
      from unnest(f.member_ids) with ordinality as first (id, place)
      join users u on u.id = first.id and u.role = 'member' and u.erased_at is null
      left join member_stats s on s.member_id = u.id
    ) named on true`);
  return rows;
}
