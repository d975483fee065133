import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { recordMemberships } from "#db/queries/memberships";
import { recordRiskScores } from "#db/queries/risk-scores";
import { memberFacts, memberTags, users } from "#db/schema/index";
import { audienceQuery } from "#engine/audience";
import type { Days } from "#engine/define";
import { triggers } from "#engine/triggers/index";
import { test } from "./database.ts";
import { clockAt, createMember } from "./factories.ts";

/** The gym's day in the tables: a Sunday. */
export const usualDay = "2026-11-22";

/** A member as far as a row of a table says; the rest is as in `createMember`. */
export type Someone = Parameters<typeof createMember>[1] & {
  risk?: { score: number; scoredAt: string; reasons?: string[] }[];
  tags?: { tag: string; createdAt: string; runId?: number }[];
  memberships?: { startsOn: string; endsOn: string | null }[];
};

export type Config = { type: string; params: Record<string, unknown> };

type Table = {
  config: Config;
  /** Tells it from another table of the same configuration. */
  title?: string;
  today?: string;
  /** The days of the happenings asked for; else those that the trigger's window leaves open. */
  days?: Days;
  matches: Record<string, Someone & { says?: Partial<Found> }>;
  misses: Record<string, Someone>;
};

export async function createSomeone(db: Db, someone: Someone): Promise<number> {
  const { risk = [], tags = [], memberships = [], ...member } = someone;
  const { id } = await createMember(db, member);
  await recordRiskScores(
    db,
    risk.map(({ score, scoredAt, reasons = [] }) => ({
      memberId: id,
      score,
      scoredAt: new Date(scoredAt),
      reasons,
      modelVersion: "1",
    })),
  );
  if (tags.length > 0) {
    await db
      .insert(memberTags)
      .values(
        tags.map(({ createdAt, ...tag }) => ({ ...tag, memberId: id, createdAt: sql`${createdAt}::timestamptz` })),
      );
  }
  if (memberships.length > 0) {
    await recordMemberships(
      db,
      memberships.map((membership) => ({ ...membership, memberId: id })),
      clockAt(usualDay),
    );
  }
  return id;
}

type Found = {
  memberId: number;
  occurrence: string | null;
  happensOn: string | null;
  facts: Record<string, unknown>;
};

/** Whom a configured trigger matches on a day, with what it says of them. */
export async function findMatches(db: Db, config: Config, today = usualDay, days?: Days) {
  const query = audienceQuery(triggers.schema.parse(config), clockAt(today), undefined, days);
  const { rows } = await db.execute<Found>(sql`
    select member_id::int as "memberId", audience.occurrence, (${query.happensOn ?? sql`null`})::text as "happensOn",
           ${query.facts} as facts
    from (${query.members}) audience join ${memberFacts} using (member_id) order by member_id`);
  return rows;
}

/** Nobody else is in the transaction's database: a row is about one member. */
export function testTable({ config, title, today = usualDay, days, matches, misses }: Table) {
  const params = JSON.stringify(config.params);
  const name = `${config.type} ${params}${title ? ` ${title}` : ""}${today === usualDay ? "" : ` on ${today}`}`;

  test.for(Object.entries(matches))(`${name} matches: %s`, async ([, { says = {}, ...someone }], { tx }) => {
    const memberId = await createSomeone(tx, someone);
    expect(await findMatches(tx, config, today, days)).toEqual([expect.objectContaining({ memberId })]);
    expect(await findMatches(tx, config, today, days)).toMatchObject([says]);
  });

  test.for(Object.entries(misses))(`${name} misses: %s`, async ([, someone], { tx }) => {
    await createSomeone(tx, someone);
    expect(await findMatches(tx, config, today, days)).toEqual([]);
    // The table would prove nothing if the member were not there at all.
    expect(await tx.$count(users)).toBe(1);
  });
}
