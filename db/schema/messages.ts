import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant, reference } from "./columns.ts";
import { users } from "./members.ts";
import { workflowRuns } from "./runs.ts";
import { communicationTemplates, templateVersions } from "./templates.ts";

/**
 * A message on its way out, or out. `queued` until delivery settles it; `unconfirmed` when nobody can tell whether the
 * provider took it, and a person decides. Written without a run: sign-in mail and the digests of staff.
 */
export const communicationLogs = pgTable(
  "communication_logs",
  {
    id: id(),
    channel: text("channel", { enum: ["email", "in_app", "sms"] }).notNull(),
    class: text("class", { enum: ["marketing", "service", "sign_in", "digest"] }).notNull(),
    memberId: reference("member_id").references(() => users.id),
    runId: reference("run_id").references(() => workflowRuns.id),
    stepId: integer("step_id"),
    workflowId: reference("workflow_id"),
    templateId: reference("template_id").references(() => communicationTemplates.id),
    templateVersionId: reference("template_version_id").references(() => templateVersions.id),
    language: text("language"),
    recipient: text("recipient"),
    status: text("status", {
      enum: [
        "queued",
        "sent",
        "delivered",
        "opened",
        "clicked",
        "bounced",
        "complained",
        "skipped",
        "failed",
        "unconfirmed",
        "cancelled",
      ],
    })
      .notNull()
      .default("queued"),
    /** Why it ended so; of one that is queued, what it waits for. */
    reason: text("reason"),
    errorMessage: text("error_message"),
    eventData: jsonb("event_data").$type<Record<string, unknown>>().notNull().default({}),
    /** When it is owed, on the engine's clock; null once it is settled. */
    dueAt: instant("due_at"),
    /** The instant its step executed, for the age limit and to find the step's log row in its partition. */
    queuedAt: instant("queued_at").notNull(),
    /** The request it was first handed over in, where a provider recognises requests: only the same one may be repeated. */
    batchId: uuid("batch_id"),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    /** How often a provider was asked and its answer, or that there was none, was written down. */
    attempts: integer("attempts").notNull().default(0),
    /** Before the first hand-over to the provider; from then on the body is frozen. */
    firstTriedAt: instant("first_tried_at"),
    sentAt: instant("sent_at"),
    /** Whom it was first handed to, by the name in the environment: who can be asked about it. */
    provider: text("provider"),
    providerMessageId: text("provider_message_id"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("communication_logs_step").on(table.runId, table.stepId),
    index("communication_logs_due")
      .on(table.channel, table.workflowId, table.dueAt, table.id)
      .where(sql`${table.dueAt} is not null`),
    index("communication_logs_batch")
      .on(table.batchId)
      .where(sql`${table.batchId} is not null and ${table.dueAt} is not null`),
    // For the frequency cap: advertising that left, or may have.
    index("communication_logs_marketing_address")
      .on(sql`lower(${table.recipient})`, table.firstTriedAt)
      .where(sql`${table.class} = 'marketing' and ${table.channel} <> 'in_app' and ${table.firstTriedAt} is not null`),
    index("communication_logs_unconfirmed").on(table.id).where(sql`${table.status} = 'unconfirmed'`),
    // For the rate of complaints, and for asking the provider what became of them.
    index("communication_logs_sent")
      .on(table.sentAt)
      .where(sql`${table.channel} = 'email' and ${table.sentAt} is not null`),
    index("communication_logs_member").on(table.memberId, table.id),
    index("communication_logs_provider").on(table.providerMessageId).where(sql`${table.providerMessageId} is not null`),
    // For the filters of the log: what few rows have is found by an index, what many have is met soon enough.
    index("communication_logs_workflow").on(table.workflowId, table.id),
    index("communication_logs_template").on(table.templateId, table.id),
    index("communication_logs_channel").on(table.channel, table.id).where(sql`${table.channel} <> 'in_app'`),
    index("communication_logs_status").on(table.status, table.id).where(sql`${table.status} not in ('queued', 'sent')`),
    index("communication_logs_reason").on(table.reason, table.id).where(sql`${table.reason} is not null`),
    // Rows lie in the order in which they were queued: a summary of each stretch of them finds a day's, and costs nothing.
    index("communication_logs_queued").using("brin", table.queuedAt).with({ autosummarize: true }),
    check("communication_logs_queued_is_owed", sql`(${table.status} = 'queued') = (${table.dueAt} is not null)`),
  ],
);

/** What a member said about being written to, word by word. Append-only; the newest row of a channel and class counts. */
export const consentEvents = pgTable(
  "consent_events",
  {
    id: id(),
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    channel: text("channel", { enum: ["email", "in_app", "sms"] }).notNull(),
    /** `digest`: what staff say of their own. */
    class: text("class", { enum: ["marketing", "service", "digest"] }).notNull(),
    isGranted: boolean("is_granted").notNull(),
    /** How it was given: an import, a form, the desk, an unsubscribe link. */
    source: text("source").notNull(),
    /** The text that the member agreed to, or its version. */
    wording: text("wording"),
    createdAt: createdAt(),
  },
  (table) => [index("consent_events_newest").on(table.memberId, table.channel, table.class, table.id.desc())],
);

/** Addresses that must not be written to again. By hash: the address itself may have been erased. */
export const suppressions = pgTable(
  "suppressions",
  {
    id: id(),
    channel: text("channel", { enum: ["email", "sms"] }).notNull(),
    /** SHA-256, hex, of the address in lower case. */
    addressHash: text("address_hash").notNull(),
    reason: text("reason", { enum: ["bounced", "complained", "soft_bounces", "requested"] }).notNull(),
    createdAt: createdAt(),
    until: instant("until"),
  },
  // One row a reason: a wish that is taken back lifts no bounce.
  (table) => [unique("suppressions_address").on(table.channel, table.addressHash, table.reason)],
);
