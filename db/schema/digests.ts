import { pgTable, primaryKey } from "drizzle-orm/pg-core";
import { day, reference } from "./columns.ts";
import { users } from "./members.ts";
import { communicationLogs } from "./messages.ts";

/** Who is done with for a gym day: written together with the message, so that there is never a second one. */
export const staffDigests = pgTable(
  "staff_digests",
  {
    userId: reference("user_id")
      .notNull()
      .references(() => users.id),
    day: day("day").notNull(),
    /** Null when there was nothing to tell. */
    messageId: reference("message_id").references(() => communicationLogs.id, { onDelete: "set null" }),
    /** Whom it names: whoever erases one of them erases its text, too. */
    memberIds: reference("member_ids").array().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.userId, table.day] })],
);
