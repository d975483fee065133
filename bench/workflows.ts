import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { today } from "./gym.ts";

type Benchmarked = {
  trigger: { type: string; params: Record<string, unknown> };
  /** What the trigger comes down to, over `users u` and `member_stats s`. */
  where: SQL;
  occurrence: SQL;
  facts: SQL;
};

const day = sql`${today}::date`;
const lastActivityOn = sql`greatest(s.last_visit_on, u.join_date, u.last_freeze_ended_on)`;

/** The six triggers that a gym begins with. */
export const workflows: Benchmarked[] = [
  {
    trigger: { type: "low_engagement", params: { inactive_days: 30 } },
    where: sql`${lastActivityOn} <= ${day} - 30`,
    occurrence: sql`null::text`,
    facts: sql`jsonb_build_object('days_inactive', ${day} - ${lastActivityOn}, 'last_visit_on', s.last_visit_on)`,
  },
  {
    trigger: { type: "high_retention_risk", params: { risk_score_threshold: 0.7 } },
    where: sql`s.risk_score >= 0.7 and u.profiling_objected_at is null
      and s.risk_scored_at >= ${day} - 7 and s.risk_scored_at < ${day} + 2`,
    occurrence: sql`null::text`,
    facts: sql`jsonb_build_object('risk_score', trim_scale(s.risk_score), 'risk_reasons', (
      select string_agg(reason, ', ') from jsonb_array_elements_text(s.risk_reasons) reason))`,
  },
  {
    trigger: { type: "membership_expiry_upcoming", params: { days_before: 14 } },
    where: sql`u.membership_ends_on between ${day} and ${day} + 14`,
    occurrence: sql`'expires:' || u.membership_ends_on`,
    facts: sql`jsonb_build_object('expires_on', u.membership_ends_on, 'days_left', u.membership_ends_on - ${day})`,
  },
  {
    trigger: { type: "milestone_achieved", params: { type: "classes_attended", value: 100 } },
    where: sql`s.visits_total >= 100`,
    occurrence: sql`'classes_attended:100'`,
    facts: sql`jsonb_build_object('milestone_type', 'classes_attended', 'milestone_value', 100)`,
  },
  {
    trigger: { type: "new_member_welcome", params: { days_since_join: 1 } },
    where: sql`u.join_date between ${day} - 8 and ${day} - 1`,
    occurrence: sql`'joined:' || u.join_date`,
    facts: sql`jsonb_build_object('joined_on', u.join_date)`,
  },
  {
    trigger: { type: "birthday", params: {} },
    where: sql`u.birth_md in (1121, 1122)`,
    occurrence: sql`'birthday:2026'`,
    facts: sql`jsonb_build_object('age', 2026 - extract(year from u.birth_date)::int)`,
  },
];

/** The members that a benchmarked workflow matches. */
export const audienceOf = ({ where }: Benchmarked) => sql`
  users u left join member_stats s on s.member_id = u.id
  where u.role = 'member' and u.status = 'active' and u.join_date <= ${day} and u.erased_at is null
    and (u.membership_ends_on is null or u.membership_ends_on >= ${day})
    and (u.paused_until is null or u.paused_until < ${day}) and ${where}`;

/** Stores all six, switched on; workflow n is the n-th of `workflows` and its version is n, too. */
export async function storeWorkflows(db: Db, steps: unknown[]): Promise<void> {
  for (const { trigger } of workflows) {
    await db.execute(sql`
      insert into automation_workflows (name, trigger, steps, is_enabled)
      values (${trigger.type}, ${JSON.stringify(trigger)}, ${JSON.stringify(steps)}, true)`);
  }
}
