import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m, visits } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { defineTrigger } from "../define.ts";

/** The days compared: the last two weeks, today included, with the eight weeks before those. */
const weeks = { lately: 2, before: 8 };

/** Half a visit a week, in all the weeks before together. Below it there is no habit that could drop. */
const fewestBefore = 0.5 * weeks.before;

export const habitDrop = defineTrigger({
  type: "habit_drop",
  label: "Comes much less than before",
  help: "Compares the last two weeks with the member's own eight weeks before. For members of more than 60 days.",
  params: z.object({
    max_share: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.5)
      .meta({ label: "Less than this share of before", help: "0.5: less than half as often as before." }),
  }),
  summarize: ({ max_share }) => `comes less than ${Math.round(max_share * 100)} % as often as before`,
  facts: {
    visits_a_week: { label: "Visits a week, in the last two weeks", sample: "0.5" },
    visits_a_week_before: { label: "Visits a week, in the eight weeks before", sample: "2.5" },
    last_visit_on: { label: "Day of the last visit", sample: "2026-11-14" },
  },

  match: ({ max_share }, { today }) => {
    const lately = sql`visited_on >= ${firstDays(today).lately}::date`;
    const counts = {
      lately: sql`count(*) filter (where ${lately})`,
      before: sql`count(*) filter (where not ${lately})`,
    };
    const aWeek = (part: keyof typeof weeks) => sql`trim_scale(round(${counts[part]} / ${weeks[part]}::numeric, 1))`;
    const isBelow = sql`${counts.lately} * ${weeks.before}::int < ${max_share}::numeric * ${counts.before} * ${weeks.lately}::int`;
    return {
      where: sql`case when ${mayHaveHabit(today)}
        then ${ofVisits(today, sql`${counts.before} >= ${fewestBefore}::int and ${isBelow}`)} else false end`,
      facts: {
        visits_a_week: ofVisits(today, aWeek("lately")),
        visits_a_week_before: ofVisits(today, aWeek("before")),
        last_visit_on: sql`${m.lastVisitOn}`,
      },
    };
  },
});

function firstDays(today: string) {
  const lately = addDays(today, 1 - 7 * weeks.lately);
  return { lately, before: addDays(lately, -7 * weeks.before) };
}

/** What can be told without reading a visit. After a freeze that ended in the last two weeks these say nothing. */
function mayHaveHabit(today: string): SQL {
  const { lately, before } = firstDays(today);
  return sql`coalesce(${m.joinedOn}, ${m.firstVisitOn}) < ${addDays(today, -60)}::date
    and ${m.visitsTotal} >= ${fewestBefore}::int
    and ${m.firstVisitOn} < ${lately}::date and ${m.lastVisitOn} >= ${before}::date
    and coalesce(${m.lastFreezeEndedOn} < ${lately}::date, true)`;
}

/** A value over the member's visits of the days compared; those in the future are not among them. */
const ofVisits = (today: string, value: SQL): SQL => sql`(
  select ${value} from ${visits}
  where ${visits.memberId} = ${m.memberId} and ${visits.kind} <> 'no_show'
    and ${visits.visitedOn} between ${firstDays(today).before}::date and ${today}::date)`;
