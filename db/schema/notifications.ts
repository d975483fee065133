import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, instant, reference } from "./columns.ts";
import { users } from "./members.ts";
import { workflowRuns } from "./runs.ts";

/** What lies in a member's notification center. Plain text: no template puts HTML here. */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    runId: reference("run_id").references(() => workflowRuns.id),
    stepId: integer("step_id"),
    messageId: reference("message_id"),
    title: text("title").notNull(),
    body: text("body").notNull(),
    actionUrl: text("action_url"),
    icon: text("icon").notNull().default("info"),
    createdAt: createdAt(),
    readAt: instant("read_at"),
    dismissedAt: instant("dismissed_at"),
  },
  (table) => [
    uniqueIndex("notifications_step").on(table.runId, table.stepId),
    index("notifications_page").on(table.memberId, table.id.desc()).where(sql`${table.dismissedAt} is null`),
    index("notifications_unread")
      .on(table.memberId)
      .where(sql`${table.readAt} is null and ${table.dismissedAt} is null`),
  ],
);
