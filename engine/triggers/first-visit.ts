import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { defineTrigger } from "../define.ts";

export const firstVisit = defineTrigger({
  type: "first_visit",
  label: "Came for the first time",
  help: "Once in a lifetime, the moment the visit is known, up to 3 days late.",
  params: z.object({}),
  summarize: () => "comes for the first time",
  facts: { first_visit_on: { label: "The day of the first visit", sample: "2026-11-22" } },

  window: () => ({ daysBefore: 0, daysAfter: 3 }),
  startsOn: () => ["visited"],
  match: (_params, _clock, { first, last }) => ({
    where: sql`${m.firstVisitOn} between ${first}::date and ${last}::date`,
    occurrence: sql`'first_visit'::text`,
    happensOn: sql`${m.firstVisitOn}`,
    facts: { first_visit_on: sql`${m.firstVisitOn}` },
  }),
});
