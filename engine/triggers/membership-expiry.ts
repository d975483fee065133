import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { defineTrigger } from "../define.ts";

export const membershipExpiry = defineTrigger({
  type: "membership_expiry_upcoming",
  label: "Membership is about to end",
  help: "Once per end date.",
  params: z.object({
    days_before: z.int().min(0).max(365).default(14).meta({ label: "Days before the end", unit: "days" }),
  }),
  summarize: ({ days_before }) => `has a membership that ends within ${days_before} days`,
  facts: {
    expires_on: { label: "The membership's last day", sample: "2026-12-31" },
    days_left: { label: "Days until then", sample: "14" },
  },

  window: ({ days_before }) => ({ daysBefore: days_before, daysAfter: 0 }),
  match: (_params, { today }, days) => ({
    where: sql`${m.endsOn} between ${days.first}::date and ${days.last}::date`,
    occurrence: sql`'expires:' || ${m.endsOn}`,
    happensOn: sql`${m.endsOn}`,
    facts: { expires_on: sql`${m.endsOn}`, days_left: sql`${m.endsOn} - ${today}::date` },
  }),
});
