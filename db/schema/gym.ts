import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, smallint, text, time } from "drizzle-orm/pg-core";
import { createdAt, id, instant, reference } from "./columns.ts";

/** The gym's own settings: one row, edited in the browser. */
export const gymSettings = pgTable(
  "gym_settings",
  {
    id: smallint("id").primaryKey().default(1),
    name: text("name").notNull().default("Training Club"),
    postalAddress: text("postal_address").notNull().default(""),
    timeZone: text("time_zone").notNull().default("Europe/Zurich"),
    language: text("language").notNull().default("en"),
    countryCode: text("country_code").notNull().default("CH"),
    sweepTime: time("sweep_time").notNull().default("04:00"),
    quietHoursStart: time("quiet_hours_start").notNull().default("20:00"),
    quietHoursEnd: time("quiet_hours_end").notNull().default("09:00"),
    /** Marketing email and SMS per member and gym day, and per 7 gym days; null means no cap. */
    dailyCap: integer("daily_cap").default(1),
    weeklyCap: integer("weekly_cap").default(3),
    /** ISO codes of the countries that SMS go to; none means all. */
    smsCountries: text("sms_countries").array().notNull().default([]),
    senderName: text("sender_name").notNull().default("Training Club"),
    senderAddress: text("sender_address").notNull().default("hello@training-club.example"),
    defaultAssigneeId: reference("default_assignee_id"),
    /** Whether somebody is asked to talk to a member who reported a message as spam. */
    complaintTasks: boolean("complaint_tasks").notNull().default(false),
    brakeMinRuns: integer("brake_min_runs").notNull().default(50),
    brakeMedianFactor: integer("brake_median_factor").notNull().default(3),
    brakeMemberShare: integer("brake_member_share_percent").notNull().default(20),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [check("gym_settings_is_one_row", sql`${table.id} = 1`)],
);

export const locations = pgTable("locations", {
  id: id(),
  name: text("name").notNull().unique(),
  createdAt: createdAt(),
});

/** Who changed what. Append-only: the app's role may insert and read, never update or delete. */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: id(),
    /** Null when the command line or the system acted. */
    actorId: reference("actor_id"),
    action: text("action").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: reference("subject_id"),
    before: jsonb("before"),
    after: jsonb("after"),
    ip: text("ip"),
    createdAt: createdAt(),
  },
  (table) => [
    // A page of the log, newest first, and each way to leave most of it out.
    index("audit_events_newest").on(table.createdAt, table.id),
    index("audit_events_actor").on(table.actorId, table.createdAt, table.id),
    index("audit_events_kind").on(table.subjectType, table.createdAt, table.id),
    index("audit_events_subject").on(table.subjectType, table.subjectId),
  ],
);
