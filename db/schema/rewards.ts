import { sql } from "drizzle-orm";
import { boolean, check, index, integer, numeric, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, day, id, instant, reference } from "./columns.ts";
import { users } from "./members.ts";
import { workflowRuns } from "./runs.ts";

/** A code is open once per member at a time: the migration's exclusion constraint says so, the schema language cannot. */
export const memberOffers = pgTable(
  "member_offers",
  {
    id: id(),
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    runId: reference("run_id").references(() => workflowRuns.id),
    stepId: integer("step_id"),
    offerCode: text("offer_code").notNull(),
    description: text("description").notNull().default(""),
    /** The gym's day on which it was given. */
    appliedOn: day("applied_on").notNull().default(sql`current_date`),
    /** The last day it can be used. */
    expiryDate: day("expiry_date").notNull(),
    isUsed: boolean("is_used").notNull().default(false),
    appliedAt: instant("applied_at").notNull().defaultNow(),
    usedAt: instant("used_at"),
  },
  (table) => [
    uniqueIndex("member_offers_step").on(table.runId, table.stepId),
    index("member_offers_member").on(table.memberId, table.id),
    check("member_offers_used_at", sql`${table.isUsed} = (${table.usedAt} is not null)`),
  ],
);

/** What is known of a code. One that has no row is unlimited: the gym's till knows it, and we need not. */
export const offerCodes = pgTable(
  "offer_codes",
  {
    code: text("code").primaryKey(),
    /** How many may still be given out; null: any number. */
    remaining: integer("remaining"),
    /** The last day it can be given out. */
    expiresOn: day("expires_on"),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
  },
  (table) => [check("offer_codes_remaining", sql`${table.remaining} >= 0`)],
);

/** The ledger: a member's balance is the sum of its rows. */
export const creditEntries = pgTable(
  "credit_entries",
  {
    id: id(),
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    runId: reference("run_id").references(() => workflowRuns.id),
    stepId: integer("step_id"),
    amount: numeric("amount", { precision: 12, scale: 2, mode: "number" }).notNull(),
    reason: text("reason").notNull(),
    createdBy: reference("created_by").references(() => users.id),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("credit_entries_step").on(table.runId, table.stepId),
    index("credit_entries_member").on(table.memberId, table.id),
    check("credit_entries_amount_is_a_number", sql`${table.amount} between -10000 and 10000`),
  ],
);
