import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { defineCondition } from "../define.ts";

export const visitedWithin = defineCondition({
  type: "visited_within",
  label: "Has come lately",
  help: "The member's last visit is at most so many days back, today being the first of them.",
  params: z.object({
    days: z.int().min(1).max(3650).meta({ label: "Within", unit: "days" }),
  }),
  // The very members whom low_engagement with as many days does not match for their visits.
  holds: ({ days }, { today }) => sql`${m.lastVisitOn} > ${addDays(today, -days)}::date`,
});
