import { sql } from "drizzle-orm";
import { bigint, boolean, date, integer, jsonb, numeric, pgView, smallint, text, timestamp } from "drizzle-orm/pg-core";

/**
 * What triggers read: a row per member, whoever brought the data. The joins are outer, so that Postgres leaves out the
 * one that a trigger does not read.
 */
export const memberFacts = pgView("member_facts", {
  memberId: bigint("member_id", { mode: "number" }).notNull(),
  status: text("status").notNull(),
  joinedOn: date("joined_on", { mode: "string" }),
  endsOn: date("ends_on", { mode: "string" }),
  pausedUntil: date("paused_until", { mode: "string" }),
  isErased: boolean("is_erased").notNull(),
  bornOn: date("born_on", { mode: "string" }),
  birthMd: smallint("birth_md"),
  level: text("level"),
  language: text("language"),
  firstVisitOn: date("first_visit_on", { mode: "string" }),
  lastVisitOn: date("last_visit_on", { mode: "string" }),
  /** The latest of last visit, join date and end of the last freeze. */
  lastActivityOn: date("last_activity_on", { mode: "string" }),
  visitsTotal: integer("visits_total").notNull(),
  /** Unknown, too, for whoever objected to being scored. */
  riskScore: numeric("risk_score", { mode: "number" }),
  /** Also of whoever objected, so never without asking for `riskScore`, too: it finds the few high ones cheaply. */
  recordedRiskScore: numeric("recorded_risk_score", { mode: "number" }),
  riskScoredAt: timestamp("risk_scored_at", { withTimezone: true }),
  riskReasons: jsonb("risk_reasons").$type<string[]>(),
  lastFreezeEndedOn: date("last_freeze_ended_on", { mode: "string" }),
}).as(sql`
  select u.id as member_id, u.status, u.join_date as joined_on, u.membership_ends_on as ends_on, u.paused_until,
         u.erased_at is not null as is_erased, u.birth_date as born_on, u.birth_md, u.membership_level as level, u.language,
         s.first_visit_on, s.last_visit_on,
         greatest(s.last_visit_on, u.join_date, u.last_freeze_ended_on) as last_activity_on,
         coalesce(s.visits_total, 0) as visits_total,
         case when u.profiling_objected_at is null then s.risk_score end as risk_score, s.risk_score as recorded_risk_score,
         s.risk_scored_at, s.risk_reasons, u.last_freeze_ended_on
  from users u left join member_stats s on s.member_id = u.id
  where u.role = 'member'`);
