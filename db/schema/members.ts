import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { dialledNumber } from "../dialled-number.ts";
import { createdAt, day, id, instant, reference } from "./columns.ts";
import { locations } from "./gym.ts";

const isListed = sql`role = 'member' and erased_at is null`;

/** Members, staff and admins alike. Sign-in has tables of its own, linked from there. */
export const users = pgTable(
  "users",
  {
    id: id(),
    role: text("role", { enum: ["member", "staff", "admin"] })
      .notNull()
      .default("member"),
    externalId: text("external_id").unique(),
    /** Neither unique nor required: couples share one, an import may have none. */
    email: text("email"),
    firstName: text("first_name").notNull().default(""),
    lastName: text("last_name").notNull().default(""),
    phone: text("phone"),
    birthDate: day("birth_date"),
    /** Month and day as one number (29 February is 229): what the birthday trigger looks up. */
    birthMd: smallint("birth_md").generatedAlwaysAs(
      sql`(extract(month from birth_date) * 100 + extract(day from birth_date))::smallint`,
    ),
    joinDate: day("join_date"),
    status: text("status", { enum: ["active", "frozen", "cancelled"] })
      .notNull()
      .default("active"),
    lastFreezeEndedOn: day("last_freeze_ended_on"),
    membershipLevel: text("membership_level"),
    /** The last day of the last membership, kept by recordMemberships; null never ends. */
    membershipEndsOn: day("membership_ends_on"),
    language: text("language", { enum: ["en", "de", "fr", "it"] }),
    timeZone: text("time_zone"),
    primaryTrainerId: reference("primary_trainer_id").references((): AnyPgColumn => users.id),
    locationId: reference("location_id").references(() => locations.id),
    /** Paused by the member: nothing reaches them up to and including this day. */
    pausedUntil: day("paused_until"),
    /** Staff: nobody hands them tasks up to and including this day. */
    absentUntil: day("absent_until"),
    profilingObjectedAt: instant("profiling_objected_at"),
    archivedAt: instant("archived_at"),
    erasedAt: instant("erased_at"),
    /**
     * A second record of this member, whose own is the one that counts. What led to it – links in old mail, the number in
     * other systems – leads there; never to one that was merged itself.
     */
    mergedIntoId: reference("merged_into_id").references((): AnyPgColumn => users.id),
    /** What members are listed by. `folded` leaves no capitals and no accents; cut, so that an index can hold it. */
    sortName: text("sort_name").generatedAlwaysAs(sql`left(folded(trim(first_name || ' ' || last_name)), 100)`),
    /** What members are found by: names, address, external number, and the phone as it is written and as bare digits. */
    searchText: text("search_text").generatedAlwaysAs(
      sql`left(folded(' ' || first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(external_id, '') || ' ' || coalesce(phone, '') || ' ' || regexp_replace(coalesce(phone, ''), '\\(0\\)|[^0-9]', '', 'g')), 400)`,
    ),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    check("users_birth_date_is_plausible", sql`${table.birthDate} between '1900-01-01' and '2100-01-01'`),
    check("users_join_date_is_plausible", sql`${table.joinDate} between '1900-01-01' and '2200-01-01'`),
    check("users_merged_is_erased", sql`${table.mergedIntoId} is null or ${table.erasedAt} is not null`),
    index("users_email_key").on(sql`lower(${table.email})`),
    // Who shares a number, however each of them writes it.
    index("users_phone_key").on(dialledNumber(sql`phone`)).where(sql`phone <> ''`),
    index("users_birthday").on(table.birthMd).where(sql`${table.status} = 'active'`),
    index("users_joined").on(table.joinDate).where(sql`${table.status} = 'active'`),
    index("users_membership_end").on(table.membershipEndsOn).where(sql`${table.status} = 'active'`),
    // The list of members: a page by name, and for each filter the way to whom it leaves where these are few. The migration
    // makes the first include what the filters look at, for which drizzle-kit has no word.
    index("users_listed").on(table.sortName, table.id).where(isListed),
    index("users_listed_text").using("gin", table.searchText.op("gin_trgm_ops")).where(isListed),
    index("users_listed_state").on(table.status, table.membershipEndsOn).where(isListed),
    index("users_listed_level").on(table.membershipLevel).where(isListed),
    index("users_listed_trainer").on(table.primaryTrainerId).where(isListed),
    index("users_listed_location").on(table.locationId).where(isListed),
    index("users_staff").on(table.role).where(sql`${table.role} <> 'member'`),
  ],
);

export const memberships = pgTable(
  "memberships",
  {
    id: id(),
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    level: text("level"),
    startsOn: day("starts_on").notNull(),
    /** The last day it is valid; null never ends. */
    endsOn: day("ends_on"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("memberships_member_start").on(table.memberId, table.startsOn),
    check("memberships_end_after_start", sql`${table.endsOn} >= ${table.startsOn}`),
  ],
);

/** A check-in or attended class. A no-show is stored and never counts as a visit. */
export const visits = pgTable(
  "visits",
  {
    id: id(),
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    visitedAt: instant("visited_at").notNull(),
    /** The gym's calendar day of `visitedAt`. */
    visitedOn: day("visited_on").notNull(),
    kind: text("kind", { enum: ["checkin", "class", "no_show"] })
      .notNull()
      .default("checkin"),
    className: text("class_name").notNull().default(""),
    externalId: text("external_id"),
    locationId: reference("location_id").references(() => locations.id),
  },
  (table) => [
    uniqueIndex("visits_external").on(table.externalId).where(sql`${table.externalId} is not null`),
    uniqueIndex("visits_natural")
      .on(table.memberId, table.visitedAt, table.kind, table.className)
      .where(sql`${table.externalId} is null`),
    // With its kind, so that counting a member's visits reads the index alone.
    index("visits_member_day").on(table.memberId, table.visitedOn, table.kind),
  ],
);

/**
 * What a sweep reads of a member's visits and risk: narrow, and without a second index, so that every check-in's
 * update stays on its page (HOT).
 */
export const memberStats = pgTable(
  "member_stats",
  {
    memberId: reference("member_id")
      .primaryKey()
      .references(() => users.id),
    firstVisitOn: day("first_visit_on"),
    lastVisitOn: day("last_visit_on"),
    lastVisitAt: instant("last_visit_at"),
    visitsTotal: integer("visits_total").notNull().default(0),
    riskScore: numeric("risk_score", { precision: 5, scale: 4, mode: "number" }),
    riskScoredAt: instant("risk_scored_at"),
    riskReasons: jsonb("risk_reasons").$type<string[]>(),
  },
  (table) => [check("member_stats_score_is_a_share", sql`${table.riskScore} between 0 and 1`)],
);

/** What happened to a member lately, for whatever must react within seconds. A row is done once `handledAt` is set. */
export const memberEvents = pgTable(
  "member_events",
  {
    id: id(),
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    type: text("type", { enum: ["joined", "visited", "renewed", "status_changed", "tag_added"] }).notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    occurredAt: instant("occurred_at").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    handledAt: instant("handled_at"),
  },
  (table) => [
    index("member_events_open").on(table.id).where(sql`${table.handledAt} is null`),
    index("member_events_renewed").on(table.memberId, table.occurredAt).where(sql`${table.type} = 'renewed'`),
  ],
);

export const riskScores = pgTable(
  "risk_scores",
  {
    id: id(),
    memberId: reference("member_id")
      .notNull()
      .references(() => users.id),
    score: numeric("score", { precision: 5, scale: 4, mode: "number" }).notNull(),
    reasons: jsonb("reasons").$type<string[]>().notNull().default([]),
    modelVersion: text("model_version").notNull(),
    scoredAt: instant("scored_at").notNull(),
  },
  (table) => [
    unique("risk_scores_member_instant").on(table.memberId, table.scoredAt),
    check("risk_scores_score_is_a_share", sql`${table.score} between 0 and 1`),
  ],
);
