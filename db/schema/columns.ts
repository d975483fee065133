import { bigint, date, timestamp } from "drizzle-orm/pg-core";

/** Every table's key: a number the database gives. By default, not always: the gym platform may bring its own. */
export const id = () => bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity();

export const reference = (name: string) => bigint(name, { mode: "number" });

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** A calendar day of the gym, as `YYYY-MM-DD`. */
export const day = (name: string) => date(name, { mode: "string" });

export const createdAt = () => instant("created_at").notNull().defaultNow();
