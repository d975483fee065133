import { desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "../client.ts";
import { locations, memberStats, memberships, users } from "../schema/index.ts";
import { memberName } from "./logs.ts";

export type MemberProfile = NonNullable<Awaited<ReturnType<typeof findMemberProfile>>>;

const trainers = alias(users, "trainers");

/** Who a member is; of a record that was merged, that and into which. Null for staff, and for nobody. */
export async function findMemberProfile(db: Db, id: number) {
  const [row] = await db
    .select({
      id: users.id,
      name: memberName,
      externalId: users.externalId,
      email: users.email,
      phone: users.phone,
      birthDate: users.birthDate,
      joinDate: users.joinDate,
      status: users.status,
      level: users.membershipLevel,
      membershipEndsOn: users.membershipEndsOn,
      language: users.language,
      timeZone: users.timeZone,
      pausedUntil: users.pausedUntil,
      profilingObjectedAt: users.profilingObjectedAt,
      erasedAt: users.erasedAt,
      mergedIntoId: users.mergedIntoId,
      trainerId: users.primaryTrainerId,
      trainer: sql<string | null>`nullif(trim(concat_ws(' ', ${trainers.firstName}, ${trainers.lastName})), '')`,
      location: locations.name,
      lastVisitOn: memberStats.lastVisitOn,
      visitsTotal: sql<number>`coalesce(${memberStats.visitsTotal}, 0)`,
      riskScore: memberStats.riskScore,
      riskScoredAt: memberStats.riskScoredAt,
      riskReasons: memberStats.riskReasons,
      tags: sql<string[]>`array(select tag from member_tags t where t.member_id = ${users.id} order by tag limit 100)`,
    })
    .from(users)
    .leftJoin(trainers, eq(trainers.id, users.primaryTrainerId))
    .leftJoin(locations, eq(locations.id, users.locationId))
    .leftJoin(memberStats, eq(memberStats.memberId, users.id))
    .where(sql`${users.id} = ${id} and ${users.role} = 'member'`);
  return row ?? null;
}

export function listMemberships(db: Db, memberId: number, limit: number) {
  return db
    .select({
      id: memberships.id,
      level: memberships.level,
      startsOn: memberships.startsOn,
      endsOn: memberships.endsOn,
    })
    .from(memberships)
    .where(eq(memberships.memberId, memberId))
    .orderBy(desc(memberships.startsOn))
    .limit(limit);
}

/** How often the member came on each of the days on which they did. */
export async function listVisitDays(db: Db, memberId: number, { first, last }: { first: string; last: string }) {
  const { rows } = await db.execute<{ day: string; visits: number }>(sql`
    select visited_on::text as day, count(*)::int as visits from visits
    where member_id = ${memberId} and visited_on between ${first}::date and ${last}::date and kind <> 'no_show'
    group by visited_on order by visited_on`);
  return rows;
}
