import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { day, instant, reference } from "./columns.ts";

/**
 * What workflows' messages of a gym day came to, by channel: counted from the messages when it is looked at, and again while
 * more may become of them.
 */
export const messageFigures = pgTable(
  "message_figures",
  {
    day: day("day").notNull(),
    channel: text("channel", { enum: ["email", "in_app", "sms"] }).notNull(),
    sent: integer("sent").notNull(),
    delivered: integer("delivered").notNull(),
    opened: integer("opened").notNull(),
    /** Messages whose reader came within the seven days that followed. */
    returned: integer("returned").notNull(),
    countedAt: instant("counted_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.channel] })],
);

export const memberGroups = ["at_risk", "away", "ending", "joined"] as const;

/** How many members a gym must know of, by why, and the first of them: counted every few minutes for whoever looks. */
export const memberFigures = pgTable("member_figures", {
  group: text("member_group", { enum: memberGroups }).primaryKey(),
  total: integer("total").notNull(),
  memberIds: reference("member_ids").array().notNull(),
  countedAt: instant("counted_at").notNull(),
});
