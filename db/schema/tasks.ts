import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, day, id, instant, reference } from "./columns.ts";
import { users } from "./members.ts";
import { workflowRuns } from "./runs.ts";

export const staffTasks = pgTable(
  "staff_tasks",
  {
    id: id(),
    assigneeId: reference("assignee_id")
      .notNull()
      .references(() => users.id),
    relatedMemberId: reference("related_member_id").references(() => users.id),
    runId: reference("run_id").references(() => workflowRuns.id),
    stepId: integer("step_id"),
    description: text("description").notNull(),
    status: text("status", { enum: ["pending", "in_progress", "completed", "cancelled"] })
      .notNull()
      .default("pending"),
    priority: text("priority", { enum: ["low", "medium", "high"] })
      .notNull()
      .default("medium"),
    dueDate: day("due_date"),
    outcome: text("outcome"),
    note: text("note"),
    createdAt: createdAt(),
    completedAt: instant("completed_at"),
  },
  (table) => [
    uniqueIndex("staff_tasks_step").on(table.runId, table.stepId),
    index("staff_tasks_open")
      .on(table.assigneeId, table.dueDate)
      .where(sql`${table.status} in ('pending', 'in_progress')`),
    index("staff_tasks_member").on(table.relatedMemberId),
    index("staff_tasks_newest").on(table.assigneeId, table.createdAt),
  ],
);
