import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, reference } from "./columns.ts";
import { users } from "./members.ts";

export const memberTags = pgTable(
  "member_tags",
  {
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    tag: text("tag").notNull(),
    /** The run whose step added it; null when a person or an import did. */
    runId: reference("run_id"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.tag] }),
    index("member_tags_tag").on(table.tag),
    check("member_tags_tag_length", sql`char_length(${table.tag}) between 1 and 50`),
  ],
);
