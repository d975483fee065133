import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { recordMemberships } from "#db/queries/memberships";
import { recordRiskScores } from "#db/queries/risk-scores";
import { recordVisits } from "#db/queries/visits";
import type { Clock } from "#lib/clock";
import type { Change, Gym, Member, Visit } from "./model.ts";

/** Writes an oracle's gym into a database, in sets, by the ways on which members, visits and scores always come in. */
export async function loadGym(db: Db, gym: Gym, clock: Clock): Promise<void> {
  // The brake has tests of its own.
  await db.execute(sql`update gym_settings set time_zone = ${gym.timeZone}, brake_min_runs = 1000000`);
  await loadMembers(db, gym.members, clock);
  await db.execute(sql`
    insert into automation_workflows (id, name, trigger, steps, is_enabled, cooldown_period_days)
    select id, 'Workflow ' || id, trigger, '[{"id": 1, "action": {"type": "add_tag", "params": {"tag": "found"}}}]', false, "cooldownDays"
    from jsonb_to_recordset(${JSON.stringify(gym.workflows)}::jsonb) as given (id bigint, trigger jsonb, "cooldownDays" int)`);
}

export async function loadMembers(db: Db, members: Member[], clock: Clock): Promise<void> {
  const rows = members.map(({ visits: _visits, scores: _scores, memberships: _memberships, ...row }) => row);
  await db.execute(sql`
    insert into users (id, role, first_name, status, join_date, birth_date, last_freeze_ended_on, paused_until, erased_at)
    select id, role, 'Member ' || id, status, "joinedOn", "bornOn", "lastFreezeEndedOn", "pausedUntil",
           case when "isErased" then ${clock.now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (id bigint, role text, status text, "joinedOn" date, "bornOn" date, "lastFreezeEndedOn" date,
                "pausedUntil" date, "isErased" boolean)`);
  const changes = members.flatMap(({ id: memberId, visits, scores, memberships }): Change[] => [
    ...visits.map((visit) => ({ memberId, visit })),
    ...scores.map((score) => ({ memberId, score })),
    ...memberships.map((membership) => ({ memberId, membership })),
  ]);
  await loadChanges(db, changes, clock);
}

export async function loadChanges(db: Db, changes: Change[], clock: Clock): Promise<void> {
  const visits = changes.flatMap((change) => ("visit" in change ? [{ ...change, ...visitRow(change.visit) }] : []));
  await recordVisits(db, visits, clock);
  const memberships = changes.flatMap((change) =>
    "membership" in change ? [{ memberId: change.memberId, ...change.membership }] : [],
  );
  if (memberships.length > 0) {
    await recordMemberships(db, memberships, clock);
  }
  const scores = changes.flatMap(({ memberId, ...change }) =>
    "score" in change
      ? [{ memberId, score: change.score.score, scoredAt: change.score.at, reasons: [], modelVersion: "oracle" }]
      : [],
  );
  if (scores.length > 0) {
    await recordRiskScores(db, scores);
  }
  await changeMembers(db, changes, clock);
}

const visitRow = ({ at, kind }: Visit) => ({ visitedAt: at, kind });

/** A key that a change does not have leaves its column alone; one that is null empties it. */
async function changeMembers(db: Db, changes: Change[], clock: Clock): Promise<void> {
  const sets = changes.flatMap((change) => ("set" in change ? [{ id: change.memberId, set: change.set }] : []));
  if (sets.length === 0) {
    return;
  }
  await db.execute(sql`
    update users set
      status = coalesce(set ->> 'status', status),
      join_date = case when set ? 'joinedOn' then (set ->> 'joinedOn')::date else join_date end,
      last_freeze_ended_on = case when set ? 'lastFreezeEndedOn' then (set ->> 'lastFreezeEndedOn')::date else last_freeze_ended_on end,
      paused_until = case when set ? 'pausedUntil' then (set ->> 'pausedUntil')::date else paused_until end,
      erased_at = case when set ? 'isErased' then ${clock.now}::timestamptz else erased_at end
    from jsonb_to_recordset(${JSON.stringify(sets)}::jsonb) as given (id bigint, set jsonb)
    where users.id = given.id`);
}
