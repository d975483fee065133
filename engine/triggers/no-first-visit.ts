import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { defineTrigger } from "../define.ts";

export const noFirstVisit = defineTrigger({
  type: "no_first_visit",
  label: "Joined, but never came",
  help: "Once per join date, up to 7 days late.",
  params: z.object({
    days_since_join: z.int().min(1).max(365).default(14).meta({ label: "Days after joining", unit: "days" }),
  }),
  summarize: ({ days_since_join: days }) => `joined ${days === 1 ? "yesterday" : `${days} days ago`} and never came`,
  facts: {
    joined_on: { label: "The day they joined", sample: "2026-11-08" },
    days_since_join: { label: "Days since then", sample: "14" },
  },

  window: () => ({ daysBefore: 0, daysAfter: 7 }),
  match: ({ days_since_join: days }, { today }, { first, last }) => {
    const happensOn = sql`(${m.joinedOn} + ${days}::int)`;
    // Who came only after a missed day had not come on that day. A first visit in the future is none today.
    const asOf = last < today ? happensOn : sql`${today}::date`;
    return {
      where: sql`${m.joinedOn} between ${addDays(first, -days)}::date and ${addDays(last, -days)}::date
        and (${m.firstVisitOn} is null or ${m.firstVisitOn} > ${asOf})`,
      occurrence: sql`'no_first_visit:' || ${m.joinedOn}`,
      happensOn,
      facts: { joined_on: sql`${m.joinedOn}`, days_since_join: sql`${today}::date - ${m.joinedOn}` },
    };
  },
});
