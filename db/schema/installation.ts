import { sql } from "drizzle-orm";
import { check, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { instant, reference } from "./columns.ts";

/**
 * Which database this is, as `database_identity()` said when sending was last known to be right: a copy that is restored
 * elsewhere, or brought back to an earlier moment, has another. One row, written by the first delivery.
 */
export const installation = pgTable(
  "installation",
  {
    id: smallint("id").primaryKey().default(1),
    identity: text("identity").notNull(),
    confirmedAt: instant("confirmed_at").notNull().defaultNow(),
    confirmedBy: reference("confirmed_by"),
  },
  (table) => [check("installation_is_one_row", sql`${table.id} = 1`)],
);
