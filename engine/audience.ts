import { and, eq, gte, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { memberFacts as m } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { one } from "#lib/rows";
import type { Audience, Clock, Days, Trigger } from "./define.ts";
import type { Definition } from "./definition.ts";
import { triggers } from "./triggers/index.ts";

/** Whether a row of `memberFacts` belongs to an audience at all on a day, whatever the trigger asks. */
export function isInAudience(audience: Audience, today: SQL | string): SQL {
  const day = sql`(${today})::date`;
  const membership = {
    active: and(
      eq(m.status, "active"),
      or(isNull(m.joinedOn), lte(m.joinedOn, day)),
      or(isNull(m.endsOn), gte(m.endsOn, day)),
    ),
    former: or(eq(m.status, "cancelled"), lt(m.endsOn, day)),
  }[audience];
  const isNotPaused = or(isNull(m.pausedUntil), lt(m.pausedUntil, day));
  return sql`(${membership} and not ${m.isErased} and ${isNotPaused})`;
}

type AudienceQuery = {
  /** Selects `member_id` and `occurrence` of the members that match. */
  members: SQL;
  /** What templates may say about a row of `memberFacts` that matches, as one jsonb. */
  facts: SQL;
  hasOccurrence: boolean;
  /** The day of the happening, for a trigger whose happenings have one. */
  happensOn: SQL | undefined;
  /** The run that made a match happen, as an expression over `memberFacts`, for a trigger that can tell. */
  causedBy: SQL | undefined;
};

/** The days whose happenings may be answered today; for a state that lasts, today alone. */
export function openDays(config: Definition["trigger"], { today }: Clock): Days {
  const trigger: Trigger = triggers.get(config.type);
  const { daysBefore, daysAfter } = trigger.window?.(config.params) ?? { daysBefore: 0, daysAfter: 0 };
  return { first: addDays(today, -daysAfter), last: addDays(today, daysBefore) };
}

/** The sweep starts runs from this very query and the switch counts it, so that the two cannot disagree. */
export function audienceQuery(
  config: Definition["trigger"],
  clock: Clock,
  extra: SQL = sql`true`,
  days?: Days,
): AudienceQuery {
  const trigger: Trigger = triggers.get(config.type);
  const { where, occurrence, happensOn, causedBy, facts } = trigger.match(
    config.params,
    clock,
    days ?? openDays(config, clock),
  );
  // Whoever missed a happening is judged as they were on its day: a membership that ended since does not matter.
  const asOf = days && happensOn ? sql`least(${happensOn}, ${clock.today}::date)` : clock.today;
  const pairs = Object.entries(facts).map(([name, value]) => sql`${name}::text, ${value}`);
  return {
    members: sql`
      select ${m.memberId} as member_id, ${occurrence ?? sql`null`}::text as occurrence
      from ${m}
      where ${isInAudience(trigger.audience ?? "active", asOf)}
        and ${where ?? sql`true`} and ${extra}`,
    facts: sql`jsonb_build_object(${sql.join(pairs, sql`, `)})`,
    hasOccurrence: occurrence !== undefined,
    happensOn,
    causedBy,
  };
}

/** How many members a configured trigger matches now, cooldowns and answered occurrences aside. */
export async function countAudience(db: Db, config: Definition["trigger"], clock: Clock): Promise<number> {
  const { isManual }: Trigger = triggers.get(config.type);
  if (isManual) {
    return 0;
  }
  const { members } = audienceQuery(config, clock);
  const { rows } = await db.execute<{ matching: number }>(
    sql`select count(*)::int as matching from (${members}) as audience`,
  );
  return one(rows).matching;
}
