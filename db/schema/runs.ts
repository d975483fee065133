import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { day, id, instant, reference } from "./columns.ts";

/**
 * One member going through one version. `stepId` is the cursor: the step that is due next. That member and version
 * exist is checked for all rows of a statement at once; see docs/decisions/0006-references-in-sets.md.
 */
export const workflowRuns = pgTable(
  "workflow_runs",
  {
    id: id(),
    workflowId: reference("workflow_id").notNull(),
    versionId: reference("version_id").notNull(),
    memberId: reference("member_id").notNull(),
    occurrence: text("occurrence"),
    facts: jsonb("facts").$type<Record<string, unknown>>().notNull().default({}),
    status: text("status", {
      enum: ["active", "waiting", "held", "done", "exited", "cancelled", "expired", "failed"],
    })
      .notNull()
      .default("active"),
    reason: text("reason"),
    /** What started it: a sweep, an event or a person. */
    origin: text("origin", { enum: ["sweep", "event", "manual", "missed"] })
      .notNull()
      .default("sweep"),
    /** How many runs set each other off before this one: a loop of workflows is stopped by it. */
    depth: smallint("depth").notNull().default(0),
    stepId: integer("step_id"),
    startedOn: day("started_on").notNull(),
    startedAt: instant("started_at").notNull(),
    /** When the step at the cursor is owed, on the engine's clock; null when nothing is owed. */
    dueAt: instant("due_at"),
    leaseToken: uuid("lease_token"),
    /** On the database's clock. */
    leaseUntil: instant("lease_until"),
    /** Claims since the cursor was moved here that ended in neither an outcome nor a release; timeouts count, too. */
    attempts: integer("attempts").notNull().default(0),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("workflow_runs_occurrence").on(table.workflowId, table.memberId, table.occurrence),
    uniqueIndex("workflow_runs_unfinished").on(table.memberId, table.workflowId).where(sql`${table.endedAt} is null`),
    index("workflow_runs_due")
      .on(table.workflowId, table.dueAt, table.versionId, table.stepId)
      .where(sql`${table.dueAt} is not null`),
    // Rows lie in the order in which they were started: a summary of each stretch of them finds a day's, and costs nothing.
    index("workflow_runs_started").using("brin", table.startedOn, table.startedAt).with({ autosummarize: true }),
    index("workflow_runs_held").on(table.workflowId).where(sql`${table.status} = 'held'`),
    // For the filters of the log.
    index("workflow_runs_ended_early")
      .on(table.status, table.id)
      .where(sql`${table.status} in ('exited', 'cancelled', 'expired', 'failed')`),
    index("workflow_runs_reason").on(table.reason, table.id).where(sql`${table.reason} is not null`),
    check("workflow_runs_ended_owes_nothing", sql`${table.endedAt} is null or ${table.dueAt} is null`),
    check(
      "workflow_runs_ended_by_status",
      sql`(${table.endedAt} is null) = (${table.status} in ('active', 'waiting', 'held'))`,
    ),
  ],
);

/**
 * How each step ended for a member. Partitioned by month of `executedAt`; without foreign keys, which would halve its
 * insert rate: rows are only ever written by the transaction that executes the step.
 */
export const automationLogs = pgTable(
  "automation_logs",
  {
    id: bigserial("id", { mode: "number" }).notNull(),
    runId: reference("run_id").notNull(),
    memberId: reference("member_id").notNull(),
    workflowId: reference("workflow_id").notNull(),
    stepId: integer("step_id").notNull(),
    actionType: text("action_type").notNull(),
    executedAt: instant("executed_at").notNull(),
    success: boolean("success").notNull(),
    outcome: text("outcome", { enum: ["done", "queued", "skipped", "failed"] }).notNull(),
    reason: text("reason"),
    errorMessage: text("error_message"),
    /** Which way a branch went: `then` or `else`. */
    detail: text("detail"),
    attempt: integer("attempt").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.executedAt] }),
    index("automation_logs_workflow").on(table.workflowId, table.id),
    index("automation_logs_member").on(table.memberId, table.id),
    // For the filters of the log: what few rows have is found by an index, what many have is met soon enough.
    index("automation_logs_unsuccessful").on(table.outcome, table.id).where(sql`not ${table.success}`),
    index("automation_logs_reason").on(table.reason, table.id).where(sql`${table.reason} is not null`),
    index("automation_logs_executed").on(table.executedAt),
    index("automation_logs_run").on(table.runId),
    // Tasks that nobody could take: few, and somebody must hear of them.
    index("automation_logs_no_assignee").on(table.executedAt).where(sql`${table.reason} = 'no_assignee'`),
    check("automation_logs_success_is_done", sql`${table.success} = (${table.outcome} = 'done')`),
  ],
);
