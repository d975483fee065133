import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { defineTrigger } from "../define.ts";

export const newMemberWelcome = defineTrigger({
  type: "new_member_welcome",
  label: "Has just joined",
  help: "Once per join date, up to 7 days late. With 0 days it starts the moment the member is entered.",
  params: z.object({
    days_since_join: z.int().min(0).max(365).default(1).meta({ label: "Days after joining", unit: "days" }),
  }),
  summarize: ({ days_since_join: days }) =>
    days === 0 ? "joins" : `joined ${days === 1 ? "yesterday" : `${days} days ago`}`,
  facts: { joined_on: { label: "The day they joined", sample: "2026-11-21" } },

  window: () => ({ daysBefore: 0, daysAfter: 7 }),
  startsOn: ({ days_since_join }) => (days_since_join === 0 ? ["joined"] : []),
  match: ({ days_since_join: days }, _clock, { first, last }) => ({
    where: sql`${m.joinedOn} between ${addDays(first, -days)}::date and ${addDays(last, -days)}::date`,
    occurrence: sql`'joined:' || ${m.joinedOn}`,
    happensOn: sql`${m.joinedOn} + ${days}::int`,
    facts: { joined_on: sql`${m.joinedOn}` },
  }),
});
