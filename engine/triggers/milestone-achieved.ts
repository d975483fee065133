import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m, visits } from "#db/schema/index";
import { type Days, defineTrigger } from "../define.ts";
import { choice } from "../fields.ts";

const mostYears = 100;

export const milestoneAchieved = defineTrigger({
  type: "milestone_achieved",
  label: "Reached a milestone",
  help: "A number of visits, once in a lifetime; or full years since joining, on the day or up to 3 days after.",
  params: z
    .object({
      type: choice({ classes_attended: "Visits in total", anniversary: "Years since joining" }).meta({
        label: "What is counted",
      }),
      value: z.int().min(1).max(100_000).meta({ label: "Value", help: "How many visits, or years." }),
    })
    .refine(({ type, value }) => type !== "anniversary" || value <= mostYears, {
      path: ["value"],
      message: `An anniversary is one of 1 to ${mostYears} years`,
    }),
  summarize: ({ type, value }) =>
    type === "anniversary"
      ? `has been here for ${value} ${value === 1 ? "year" : "years"}`
      : `has come ${value === 1 ? "once" : `${value} times`}`,
  facts: {
    milestone_type: { label: "What was counted: classes_attended or anniversary", sample: "classes_attended" },
    milestone_value: { label: "How many", sample: "100" },
  },

  window: ({ type }) => (type === "anniversary" ? { daysBefore: 0, daysAfter: 3 } : null),
  match: ({ type, value }, { today }, days) => ({
    ...(type === "anniversary"
      ? { where: isAnniversaryIn(days, value), happensOn: anniversary(value) }
      : { where: hasComeOften(value, today) }),
    occurrence: sql`${`${type}:${value}`}::text`,
    facts: { milestone_type: sql`${type}::text`, milestone_value: sql`${value}::int` },
  }),
});

/** The join date plus whole years: 29 February is the 28th in other years. */
const anniversary = (years: number): SQL => sql`anniversary_on(${m.joinedOn}, ${years}::int)`;

/** The first line finds them by the index on the join date: a day too many, for who joined on a 29 February. */
const isAnniversaryIn = ({ first, last }: Days, years: number): SQL => sql`
  ${m.joinedOn} between anniversary_on(${first}, -${years}::int) and anniversary_on(${last}, -${years}::int) + 1
  and ${anniversary(years)} between ${first}::date and ${last}::date`;

/**
 * The total knows no days: a visit in the future has to be counted out, and only for members who have one. The first
 * condition tells Postgres to look at the visitors' totals before it looks at the members.
 */
const hasComeOften = (times: number, today: string): SQL => sql`
  ${m.lastVisitOn} is not null and ${m.visitsTotal} >= ${times}::int and case when ${m.lastVisitOn} > ${today}::date then ${times}::int <= (
    select count(*) from ${visits}
    where ${visits.memberId} = ${m.memberId} and ${visits.kind} <> 'no_show' and ${visits.visitedOn} <= ${today}::date
  ) else true end`;
