import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { type Days, defineTrigger } from "../define.ts";

/** What other systems store for a birth date that nobody told them. */
const standIn = "1900-01-01";

export const birthday = defineTrigger({
  type: "birthday",
  label: "Has a birthday",
  help: "On the day, or the day after if a night was missed. Once a year.",
  staleAfterHours: 24,
  params: z.object({}),
  summarize: () => "has a birthday",
  facts: { age: { label: "The age they turn", sample: "40" } },
  window: () => ({ daysBefore: 0, daysAfter: 1 }),
  match: (_params, _clock, days) => {
    const latest = birthdayUpTo(days.last);
    const year = sql`extract(year from ${latest})::int`;
    return {
      where: sql`${m.birthMd} in ${monthDaysOf(days)} 
        and ${m.bornOn} < ${days.first}::date and ${m.bornOn} <> ${standIn}::date and ${latest} >= ${days.first}::date`,
      occurrence: sql`'birthday:' || ${year}`,
      happensOn: latest,
      facts: { age: sql`${year} - extract(year from ${m.bornOn})::int` },
    };
  },
});

/** The latest birthday up to a day. Whole years are added to the birth date, so 29 February is the 28th in other years. */
function birthdayUpTo(day: string): SQL {
  const years = sql`extract(year from ${day}::date)::int - extract(year from ${m.bornOn})::int`;
  const inThatYear = sql`anniversary_on(${m.bornOn}, ${years})`;
  return sql`case when ${inThatYear} <= ${day}::date then ${inThatYear} else anniversary_on(${m.bornOn}, ${years} - 1) end`;
}

/** Month and day as one number, for each of the days; with 29 February around its 28th. */
function monthDaysOf({ first, last }: Days): number[] {
  const numbers: number[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const number = Number(day.slice(5, 7)) * 100 + Number(day.slice(8));
    numbers.push(...(number === 228 ? [228, 229] : [number]));
  }
  return numbers;
}
