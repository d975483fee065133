import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { defineTrigger } from "../define.ts";

/** The day of the birthday in the year of `day`. Whole years are added to the birth date, so 29 February is the 28th in other years. */
const birthdayIn = (day: ReturnType<typeof sql>) =>
  sql`anniversary_on(${m.bornOn}, (extract(year from ${day}) - extract(year from ${m.bornOn}))::int)`;

export const birthday = defineTrigger({
  type: "birthday",
  label: "Has a birthday",
  help: "On the day, or the day after if a night was missed. Once a year.",
  staleAfterHours: 24,
  params: z.object({}),
  summarize: () => "has a birthday",
  facts: { age: { label: "The age they turn", sample: "40" } },

  match: (_params, { today }) => {
    const day = sql`${today}::date`;
    const yesterday = sql`(${today}::date - 1)`;
    const isYesterday = sql`${birthdayIn(yesterday)} = ${yesterday}`;
    // Whoever was born yesterday, on the 1st of January, has had the birthday of last year.
    const year = sql`extract(year from case when ${isYesterday} then ${yesterday} else ${day} end)::int`;
    return {
      where: sql`${m.birthMd} in ${candidateDays(today)} and ${m.bornOn} < ${yesterday}
        and (${birthdayIn(day)} = ${day} or ${isYesterday})`,
      occurrence: sql`'birthday:' || ${year}`,
      facts: { age: sql`${year} - extract(year from ${m.bornOn})::int` },
    };
  },
});

/** Month-and-day numbers worth looking up: today, yesterday, and 29 February around its 28th. */
function candidateDays(today: string) {
  const numbers = [0, 1].flatMap((back) => {
    const date = new Date(`${today}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() - back);
    const number = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
    return number === 228 ? [228, 229] : [number];
  });
  return numbers;
}
