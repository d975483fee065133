import { and, eq, gte, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { memberFacts as m } from "#db/schema/index";
import { one } from "#lib/rows";
import type { Audience, Clock, Trigger } from "./define.ts";
import type { Definition } from "./definition.ts";
import { triggers } from "./triggers/index.ts";

/** Whether a row of `memberFacts` belongs to an audience at all, whatever the trigger asks. */
export function isInAudience(audience: Audience, { today }: Clock): SQL {
  const membership = {
    active: and(
      eq(m.status, "active"),
      or(isNull(m.joinedOn), lte(m.joinedOn, today)),
      or(isNull(m.endsOn), gte(m.endsOn, today)),
    ),
    former: or(eq(m.status, "cancelled"), lt(m.endsOn, today)),
  }[audience];
  const isPaused = sql`coalesce(${m.pausedUntil} >= ${today}::date, false)`;
  return sql`(${membership} and not ${m.isErased} and not ${isPaused})`;
}

type AudienceQuery = {
  /** Selects `member_id` and `occurrence` of the members that match now. */
  members: SQL;
  /** What templates may say about a row of `memberFacts` that matches, as one jsonb. */
  facts: SQL;
  hasOccurrence: boolean;
};

/** The sweep starts runs from this very query and the switch counts it, so that the two cannot disagree. */
export function audienceQuery(config: Definition["trigger"], clock: Clock, extra: SQL = sql`true`): AudienceQuery {
  const trigger: Trigger = triggers.get(config.type);
  const { where, occurrence, facts } = trigger.match(config.params, clock);
  const pairs = Object.entries(facts).map(([name, value]) => sql`${name}::text, ${value}`);
  return {
    members: sql`
      select ${m.memberId} as member_id, ${occurrence ?? sql`null`}::text as occurrence
      from ${m}
      where ${isInAudience(trigger.audience ?? "active", clock)} and ${where ?? sql`true`} and ${extra}`,
    facts: sql`jsonb_build_object(${sql.join(pairs, sql`, `)})`,
    hasOccurrence: occurrence !== undefined,
  };
}

/** How many members a configured trigger matches now, cooldowns and answered occurrences aside. */
export async function countAudience(db: Db, config: Definition["trigger"], clock: Clock): Promise<number> {
  const { members } = audienceQuery(config, clock);
  const { rows } = await db.execute<{ matching: number }>(
    sql`select count(*)::int as matching from (${members}) as audience`,
  );
  return one(rows).matching;
}
