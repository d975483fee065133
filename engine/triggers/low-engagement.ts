import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m, visits } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { defineTrigger } from "../define.ts";
import { choice } from "../fields.ts";

const visitsAWeek = { low: null, medium: 1, high: 2.5 };

const habits = { low: "Everybody", medium: "Came at least once a week", high: "Came at least 2.5 times a week" };

export const lowEngagement = defineTrigger({
  type: "low_engagement",
  label: "Has stopped coming",
  help: "Members who have not come for a while, or never did.",
  params: z.object({
    inactive_days: z.int().min(1).max(3650).default(30).meta({ label: "Days without a visit", unit: "days" }),
    min_activity_level: choice(habits).default("low").meta({ label: "Habit before" }),
  }),
  summarize: ({ inactive_days, min_activity_level }) =>
    `has not come for ${inactive_days === 1 ? "a day" : `${inactive_days} days`}${min_activity_level === "low" ? "" : ` (${habits[min_activity_level].toLowerCase()} before)`}`,
  facts: {
    days_inactive: { label: "Days since the last visit, or since joining", sample: "34" },
    last_visit_on: { label: "Day of the last visit", sample: "2026-10-19" },
  },

  match: ({ inactive_days, min_activity_level }, { today }) => {
    // An activity in the future is as good as one today: such a member is not silent.
    const isSilent = sql`${m.lastActivityOn} <= ${addDays(today, -inactive_days)}::date`;
    const leastVisits = visitsAWeek[min_activity_level];
    return {
      where: leastVisits
        ? sql`case when ${isSilent} then ${visitsAWeekBeforeSilence()} >= ${leastVisits}::numeric else false end`
        : isSilent,
      facts: {
        days_inactive: sql`${today}::date - ${m.lastActivityOn}`,
        last_visit_on: sql`${m.lastVisitOn}`,
      },
    };
  },
});

/**
 * The habit before the silence: with L the day of the last visit and S the later of the join date and L − 89 days, the
 * visits of S … L by (L − S + 1) / 7 weeks, never less than one week. Who never came has none.
 */
function visitsAWeekBeforeSilence(): SQL {
  const since = sql`greatest(${m.joinedOn}, ${m.lastVisitOn} - 89)`;
  return sql`case when ${m.lastVisitOn} is null then 0 else (
    select count(*) from ${visits}
    where ${visits.memberId} = ${m.memberId} and ${visits.kind} <> 'no_show'
      and ${visits.visitedOn} between ${since} and ${m.lastVisitOn}
  ) / greatest((${m.lastVisitOn} - ${since} + 1) / 7.0, 1) end`;
}
