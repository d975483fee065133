import { sql } from "drizzle-orm";
import { boolean, check, index, integer, numeric, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { day, instant, reference } from "./columns.ts";
import { communicationLogs } from "./messages.ts";

/** How a channel's account with its provider is doing, for all workers at once: one row a channel. */
export const providerAccounts = pgTable("provider_accounts", {
  channel: text("channel", { enum: ["email", "sms"] }).primaryKey(),
  /** The earliest instant, on the database's clock, at which the next request may go out: the provider's rate. */
  nextRequestAt: instant("next_request_at"),
  /** Nothing is handed over before this instant of the workers' clock. */
  pausedUntil: instant("paused_until"),
  /** While one worker finds out whether the account is well again, the others wait. */
  probeUntil: instant("probe_until"),
  pauseCause: text("pause_cause", { enum: ["rate_limited", "unavailable", "account_refused", "quota_exceeded"] }),
  /** The provider's own words. */
  pauseError: text("pause_error"),
  /** Since when no request has succeeded; null while they do. */
  failingSince: instant("failing_since"),
  /** Pauses in a row, for the back-off. */
  failures: integer("failures").notNull().default(0),
  /** The gym's day on which the provider was last asked what became of messages that it told nothing of. */
  reconciledOn: day("reconciled_on"),
});

/** How often advertising by email is reported as spam, and what follows from it: one row. */
export const complaintWatch = pgTable(
  "complaint_watch",
  {
    id: smallint("id").primaryKey().default(1),
    /** Of the last seven days, as they were last counted; `sends` only as far as it matters for the rate's level. */
    complaints: integer("complaints").notNull().default(0),
    sends: integer("sends").notNull().default(0),
    /** When that was; null where it is to be counted anew. */
    countedAt: instant("counted_at"),
    /** What Google's Postmaster Tools say of the gym's domain, as an admin read it there. */
    postmasterPercent: numeric("postmaster_percent", { precision: 6, scale: 3, mode: "number" }),
    postmasterReadOn: day("postmaster_read_on"),
    /** Since when no advertising leaves by email; an admin alone ends it. */
    pausedAt: instant("paused_at"),
    /** When an admin last let it go on: what was before then counts no more. */
    resumedAt: instant("resumed_at"),
    /** What the worker's log was told last, so that it is told of each change once. */
    toldLevel: text("told_level", { enum: ["fine", "warning", "paused"] })
      .notNull()
      .default("fine"),
  },
  (table) => [check("complaint_watch_is_one_row", sql`${table.id} = 1`)],
);

/** What providers tell of messages after they took them, as they told it. Written once for each event of theirs. */
export const messageEvents = pgTable(
  "message_events",
  {
    provider: text("provider").notNull(),
    eventId: text("event_id").notNull(),
    type: text("type", {
      enum: [
        "sent",
        "delivered",
        "opened",
        "clicked",
        "delayed",
        "soft_bounced",
        "bounced",
        "complained",
        "failed",
        "other",
      ],
    }).notNull(),
    providerMessageId: text("provider_message_id"),
    /** Null until it is known, and for good if it is none of ours. */
    messageId: reference("message_id").references(() => communicationLogs.id, { onDelete: "cascade" }),
    /** SHA-256, hex, of the address in lower case, as in suppressions. */
    addressHash: text("address_hash"),
    /** An open or a click that looks like a mail scanner's: kept, and not counted. */
    isAutomatic: boolean("is_automatic").notNull().default(false),
    /**
     * `parked` while the message is not known yet, since an event may be faster than our own commit; opens and clicks also
     * for a minute, until what tells a scanner from a person was told. `unreadable` to the program that found it, and perhaps
     * not to a newer one.
     */
    state: text("state", { enum: ["applied", "parked", "ignored", "unreadable"] }).notNull(),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
    /** The request's body, to the letter. */
    body: text("body").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.eventId] }),
    index("message_events_message").on(table.messageId),
    index("message_events_parked").on(table.providerMessageId).where(sql`${table.state} = 'parked'`),
    index("message_events_ready")
      .on(table.receivedAt, table.provider, table.eventId)
      .where(sql`${table.state} = 'parked' and ${table.messageId} is not null`),
    index("message_events_strangers")
      .on(table.receivedAt)
      .where(sql`${table.state} = 'parked' and ${table.messageId} is null`),
    index("message_events_unreadable").on(table.receivedAt).where(sql`${table.state} = 'unreadable'`),
    index("message_events_soft_bounces")
      .on(table.addressHash, table.occurredAt)
      .where(sql`${table.type} = 'soft_bounced'`),
    index("message_events_complaints").on(table.occurredAt).where(sql`${table.type} = 'complained'`),
  ],
);
