import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { defineTrigger } from "../define.ts";

export const membershipExpiry = defineTrigger({
  type: "membership_expiry_upcoming",
  label: "Membership is about to end",
  help: "Once per end date.",
  params: z
    .object({
      days_before: z.int().min(0).max(365).default(14).meta({ label: "Days before the end", unit: "days" }),
      min_days_left: z
        .int()
        .min(0)
        .max(365)
        .default(0)
        .meta({ label: "Days left at least", unit: "days", help: "Later than this it is not sent any more." }),
    })
    .superRefine(({ days_before, min_days_left }, check) => {
      if (min_days_left > days_before) {
        const message = `Days left at least (${min_days_left}) must not be more than Days before the end (${days_before})`;
        check.addIssue({ code: "custom", path: ["days_before"], message });
        check.addIssue({ code: "custom", path: ["min_days_left"], message });
      }
    }),
  summarize: ({ days_before, min_days_left }) =>
    `has a membership that ends ${min_days_left > 0 ? `in ${min_days_left} to ${days_before}` : `within ${days_before}`} days`,
  facts: {
    expires_on: { label: "The membership's last day", sample: "2026-12-31" },
    days_left: { label: "Days until then", sample: "14" },
  },

  window: ({ days_before, min_days_left }) => ({ daysBefore: days_before, daysAfter: -min_days_left }),
  match: (_params, { today }, days) => ({
    where: sql`${m.endsOn} between ${days.first}::date and ${days.last}::date`,
    occurrence: sql`'expires:' || ${m.endsOn}`,
    happensOn: sql`${m.endsOn}`,
    facts: { expires_on: sql`${m.endsOn}`, days_left: sql`${m.endsOn} - ${today}::date` },
  }),
});
