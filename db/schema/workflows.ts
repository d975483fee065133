import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, day, id, instant, reference } from "./columns.ts";
import { users } from "./members.ts";

/**
 * What an admin configured. The stored JSON may come from elsewhere and is parsed on every use (engine/definition.ts).
 * A database trigger writes a version whenever trigger, steps, context or exit conditions change, whoever changes them.
 */
export const automationWorkflows = pgTable(
  "automation_workflows",
  {
    id: id(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    /** `{}` of one that was never published: it has no version, and cannot be on. */
    trigger: jsonb("trigger").$type<unknown>().notNull().default({}),
    steps: jsonb("steps").$type<unknown>().notNull().default([]),
    context: jsonb("context").$type<unknown>().notNull().default({}),
    exitWhen: jsonb("exit_when").$type<unknown>().notNull().default([]),
    isEnabled: boolean("is_enabled").notNull().default(false),
    cooldownPeriodDays: integer("cooldown_period_days").notNull().default(7),
    liveVersionId: reference("live_version_id").references((): AnyPgColumn => workflowVersions.id),
    /** What is being edited and not yet published. */
    draft: jsonb("draft").$type<unknown>(),
    /** Grows with every save, of the draft too: who saves on top of an older one gets a conflict. */
    revision: integer("revision").notNull().default(1),
    /** Who made this revision, and when; switching on and off makes none. */
    revisedAt: instant("revised_at").notNull().defaultNow(),
    revisedBy: reference("revised_by").references(() => users.id),
    /** The last switch from off to on, and from on to off. */
    enabledAt: instant("enabled_at"),
    disabledAt: instant("disabled_at"),
    disabledBy: reference("disabled_by"),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    updatedBy: reference("updated_by").references(() => users.id),
  },
  (table) => [
    uniqueIndex("automation_workflows_name").on(table.name).where(sql`${table.archivedAt} is null`),
    check("automation_workflows_cooldown_range", sql`${table.cooldownPeriodDays} between 0 and 3650`),
    check("automation_workflows_archived_is_off", sql`${table.archivedAt} is null or not ${table.isEnabled}`),
    check("automation_workflows_on_is_published", sql`${table.trigger} <> '{}' or not ${table.isEnabled}`),
  ],
);

/** An immutable copy of a workflow's definition. A run finishes on the one it started on. */
export const workflowVersions = pgTable(
  "workflow_versions",
  {
    id: id(),
    workflowId: reference("workflow_id")
      .notNull()
      .references(() => automationWorkflows.id),
    number: integer("number").notNull(),
    trigger: jsonb("trigger").$type<unknown>().notNull(),
    steps: jsonb("steps").$type<unknown>().notNull(),
    context: jsonb("context").$type<unknown>().notNull(),
    exitWhen: jsonb("exit_when").$type<unknown>().notNull(),
    createdBy: reference("created_by"),
    createdAt: createdAt(),
  },
  (table) => [unique("workflow_versions_number").on(table.workflowId, table.number)],
);

/**
 * A member is free again on `cooldownUntil`. Upserted in the statement that starts the run. Its references, and those
 * of the baselines, are checked like those of the runs.
 */
export const memberWorkflowState = pgTable(
  "member_workflow_state",
  {
    workflowId: reference("workflow_id").notNull(),
    memberId: reference("member_id").notNull(),
    cooldownUntil: day("cooldown_until").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflowId, table.memberId] })],
);

/**
 * Who already matched when a workflow was switched on as "only from now on". With an occurrence that happening counts
 * as answered; with the empty one the member is left alone until one sweep finds them not matching.
 */
export const baselines = pgTable(
  "baselines",
  {
    workflowId: reference("workflow_id").notNull(),
    memberId: reference("member_id").notNull(),
    occurrence: text("occurrence").notNull().default(""),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workflowId, table.memberId, table.occurrence] })],
);

/** The ledger of gym days that were swept, per workflow: a doubled or missed tick of the scheduler changes nothing. */
export const sweptDays = pgTable(
  "swept_days",
  {
    workflowId: reference("workflow_id")
      .notNull()
      .references(() => automationWorkflows.id),
    sweptOn: day("swept_on").notNull(),
    /** False when somebody asked for the sweep: members were looked at that day, and the scheduler still owes its own. */
    isScheduled: boolean("is_scheduled").notNull().default(true),
    counts: jsonb("counts").$type<Record<string, number>>(),
    finishedAt: instant("finished_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflowId, table.sweptOn] })],
);

/** What the web asks of the worker. Written in the web's transaction; the worker answers in the same row. */
export const requests = pgTable("requests", {
  id: id(),
  type: text("type", { enum: ["sweep", "start", "look_up"] }).notNull(),
  workflowId: reference("workflow_id").references(() => automationWorkflows.id),
  /** Whom a `start` enrols: one member, or all who carry a tag. */
  memberId: reference("member_id").references(() => users.id),
  tag: text("tag"),
  /** The message that a `look_up` asks its provider about. */
  messageId: reference("message_id"),
  requestedBy: reference("requested_by").references(() => users.id),
  createdAt: createdAt(),
  finishedAt: instant("finished_at"),
  result: jsonb("result").$type<Record<string, unknown>>(),
  error: text("error"),
});
