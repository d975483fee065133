import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { defineTrigger } from "../define.ts";

export const membershipExpired = defineTrigger({
  type: "membership_expired",
  label: "Membership has ended",
  help: "Wins back former members, once per end date, up to 7 days late. Who cancelled without an end date has no such day.",
  audience: "former",
  params: z.object({
    days_after: z.int().min(1).max(3650).default(7).meta({ label: "Days after the end", unit: "days" }),
  }),
  summarize: ({ days_after: days }) => `has a membership that ended ${days === 1 ? "yesterday" : `${days} days ago`}`,
  facts: {
    expired_on: { label: "The membership's last day", sample: "2026-11-15" },
    days_since_end: { label: "Days since then", sample: "7" },
  },

  window: () => ({ daysBefore: 0, daysAfter: 7 }),
  match: ({ days_after: days }, { today }, { first, last }) => ({
    where: sql`${m.endsOn} between ${addDays(first, -days)}::date and ${addDays(last, -days)}::date`,
    occurrence: sql`'expired:' || ${m.endsOn}`,
    happensOn: sql`${m.endsOn} + ${days}::int`,
    facts: { expired_on: sql`${m.endsOn}`, days_since_end: sql`${today}::date - ${m.endsOn}` },
  }),
});
