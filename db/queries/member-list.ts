import { and, asc, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { MemberState } from "#lib/member-state";
import { type RiskLevel, riskRange } from "#lib/risk-level";
import type { Db } from "../client.ts";
import { memberStats, memberTags, users } from "../schema/index.ts";
import { memberName } from "./logs.ts";

export type MemberFilter = {
  /** Words that each stand somewhere, those of one or two letters at a word's beginning, in a name, an address or an external number; or a phone number. */
  text?: string;
  state?: MemberState;
  risk?: RiskLevel;
  tag?: string;
  level?: string;
  trainerId?: number;
  locationId?: number;
};

/** Which part of the list, by its members' names: from its start, after one of them, or the page that ends before one. */
export type MemberPlace = { afterId?: number; beforeId?: number };

type Options = { filter: MemberFilter; place: MemberPlace; limit: number; today: string };

export type ListedMember = Awaited<ReturnType<typeof listMembers>>[number];

const trainers = alias(users, "trainers");

/** Members by name. Only those on the page are read whole. */
export async function listMembers(db: Db, { filter, place, limit, today }: Options) {
  const isBackwards = place.beforeId !== undefined;
  const order = isBackwards ? [desc(users.sortName), desc(users.id)] : [asc(users.sortName), asc(users.id)];
  const isTagged = filter.tag ? await hasTag(db, filter.tag) : undefined;
  const found = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "member"), isNull(users.erasedAt), isAt(place), ...conditionsOf(filter, today), isTagged))
    .orderBy(...order)
    .limit(limit)
    .as("found");
  return db
    .select({
      id: users.id,
      name: memberName,
      email: users.email,
      phone: users.phone,
      status: users.status,
      membershipEndsOn: users.membershipEndsOn,
      pausedUntil: users.pausedUntil,
      joinDate: users.joinDate,
      level: users.membershipLevel,
      trainer: sql<string | null>`nullif(trim(concat_ws(' ', ${trainers.firstName}, ${trainers.lastName})), '')`,
      lastVisitOn: memberStats.lastVisitOn,
      riskScore: sql<
        number | null
      >`case when ${users.profilingObjectedAt} is null then ${memberStats.riskScore} end`.mapWith(
        memberStats.riskScore,
      ),
      tags: sql<string[]>`array(select tag from ${memberTags} t where t.member_id = ${users.id} order by tag limit 20)`,
    })
    .from(found)
    .innerJoin(users, eq(users.id, found.id))
    .leftJoin(memberStats, eq(memberStats.memberId, users.id))
    .leftJoin(trainers, eq(trainers.id, users.primaryTrainerId))
    .orderBy(...order);
}

/** Whoever the address names may have another name by now, or be erased: the list goes on from where they stand today. */
function isAt({ afterId, beforeId }: MemberPlace): SQL | undefined {
  const id = afterId ?? beforeId;
  if (id === undefined) {
    return undefined;
  }
  const name = sql`(select named.sort_name from users named where named.id = ${id})`;
  const row = sql`(${users.sortName}, ${users.id})`;
  return afterId === undefined ? sql`${row} < (${name}, ${id})` : sql`${row} > (${name}, ${id})`;
}

function conditionsOf(filter: MemberFilter, today: string): (SQL | undefined)[] {
  const { text, state, risk, level, trainerId, locationId } = filter;
  return [
    ...(text ? patternsOf(text).map((pattern) => sql`${users.searchText} like folded(${pattern})`) : []),
    state && isIn(state, today),
    risk && hasRisk(risk),
    level === undefined ? undefined : eq(users.membershipLevel, level),
    trainerId === undefined ? undefined : eq(users.primaryTrainerId, trainerId),
    locationId === undefined ? undefined : eq(users.locationId, locationId),
  ];
}

const fewTagged = 1_000;

/**
 * Members of a rare tag are read and put in order; those of a frequent one are met soon enough on the way through the names.
 * Which it is, the database would not find out: it guesses.
 */
async function hasTag(db: Db, tag: string): Promise<SQL> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select member_id as id from ${memberTags} where tag = ${tag} limit ${fewTagged + 1}`);
  return rows.length > fewTagged
    ? sql`exists (select from ${memberTags} where ${memberTags.memberId} = ${users.id} and ${memberTags.tag} = ${tag})`
    : sql`${users.id} = any(${sql.param(rows.map(({ id }) => id))}::bigint[])`;
}

/** A phone number is looked for by its digits, without the zeros that one dials only inside of the country. */
function patternsOf(text: string): string[] {
  const digits = text.replace(/[^0-9]/g, "").replace(/^0+/, "");
  const words = /^[-+()./\s\d]+$/.test(text) && digits.length >= 4 ? [digits] : text.split(/\s+/);
  // The index knows groups of three letters: of less it finds where a word begins so.
  return words.map((word) => `%${word.length < 3 ? " " : ""}${word.replace(/[\\%_]/g, "\\$&")}%`);
}

/** The same as memberStateOf. */
function isIn(state: MemberState, today: string): SQL | undefined {
  const hasEnded = lt(users.membershipEndsOn, today);
  const goesOn = or(isNull(users.membershipEndsOn), gte(users.membershipEndsOn, today));
  return {
    active: and(eq(users.status, "active"), goesOn),
    frozen: and(eq(users.status, "frozen"), goesOn),
    ended: and(inArray(users.status, ["active", "frozen"]), hasEnded),
    cancelled: eq(users.status, "cancelled"),
  }[state];
}

/** Whoever objected to being scored has no risk. */
function hasRisk(level: RiskLevel): SQL {
  const { from, below } = riskRange(level);
  const isBelow = Number.isFinite(below) ? sql`and ${memberStats.riskScore} < ${below}` : sql``;
  return sql`${users.profilingObjectedAt} is null and exists (
    select from ${memberStats} where ${memberStats.memberId} = ${users.id} and ${memberStats.riskScore} >= ${from} ${isBelow})`;
}
