import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { recordRiskScores } from "#db/queries/risk-scores";
import { recordVisits } from "#db/queries/visits";
import { requestEnrolment } from "#engine/enrol";
import { handleEvents } from "#engine/handle-events";
import { handleRequests } from "#engine/handle-requests";
import { runDueSteps } from "#engine/run-due-steps";
import { saveWorkflow } from "#engine/save-workflow";
import { sweep, sweepIfDue } from "#engine/sweep";
import { requestRunNow } from "#engine/switching";
import type { Clock } from "#lib/clock";
import { createRandom } from "../chaos/random.ts";
import { createTemplate, createWorkflow } from "../support/factories.ts";
import { addDays, instantOf } from "./days.ts";

type Histories = { members: number; days: number; seed: number };

const timeZone = "Europe/Zurich";
const firstDay = "2026-10-01";

/**
 * As many histories as there are members, all at once: they come and stay away, are scored, swept once or twice a day or
 * by several workers at the same time, started by hand, while admins edit and steps fail or are left undone.
 */
export async function playHistories(db: Db, { members, days, seed }: Histories): Promise<void> {
  const random = createRandom(seed);
  const { workflowIds, templateId } = await prepare(db, members);
  const some = (share: number) =>
    Array.from({ length: members }, (_, index) => index + 1).filter(() => random() < share);
  for (let index = 0; index < days; index++) {
    const today = addDays(firstDay, index);
    const at = (time: string): Clock => ({ now: instantOf(today, time, timeZone), today, timeZone });
    await liveADay(db, at("03:00"), some, random);
    const asked = workflowIds[Math.floor(random() * workflowIds.length)] ?? 0;
    if (random() < 0.3) {
      await requestRunNow(db, { workflowId: asked, actorId: null });
    }
    await Promise.all([
      sweepIfDue(db, at("04:00")),
      handleRequests(db, at("04:00")),
      ...(random() < 0.3 ? [sweep(db, at("04:00"))] : []),
    ]);
    await work(db, at("04:01"), templateId, random);
    if (random() < 0.4) {
      await sweep(db, at("18:00"));
      await work(db, at("18:01"), templateId, random);
    }
    if (random() < 0.2) {
      await editOne(db, asked, random, at("20:00"));
    }
  }
}

/** Runs of one workflow and member that began closer to each other than its cooldown, or before the last had ended. */
export async function findOverlaps(db: Db) {
  const { rows } = await db.execute(sql`
    select * from (
      select w.id as workflow, w.cooldown_period_days as days, r.member_id as member, r.started_on::text as started,
             r.started_at, r.started_on - lag(r.started_on) over histories as gap,
             lag(r.ended_at) over histories as last_ended_at, row_number() over histories as number
      from workflow_runs r join automation_workflows w on w.id = r.workflow_id where r.origin <> 'missed'
      window histories as (partition by r.workflow_id, r.member_id order by r.id)
    ) runs
    where number > 1 and (gap < greatest(days, 1) or last_ended_at is null or last_ended_at > started_at)
    limit 5`);
  return rows;
}

/** How much happened, so that a test in which nothing did cannot pass. */
export async function countHistories(db: Db) {
  const { rows } = await db.execute<
    Record<"runs" | "again" | "manual" | "unfinished" | "failed" | "versions", number>
  >(sql`
    select count(*)::int as runs, (count(*) - count(distinct (workflow_id, member_id)))::int as again,
           (count(*) filter (where origin = 'manual'))::int as manual,
           (count(*) filter (where ended_at is null))::int as unfinished,
           (select count(*)::int from automation_logs where outcome = 'failed') as failed,
           (select count(*)::int from workflow_versions) as versions
    from workflow_runs`);
  return rows[0];
}

async function prepare(db: Db, members: number) {
  await db.execute(sql`update gym_settings set brake_min_runs = 1000000`);
  await db.execute(sql`
    insert into users (id, first_name, join_date)
    select n, 'Member ' || n, date '2026-08-01' + n % 60 from generate_series(1, ${members}::int) n`);
  await db.execute(sql`insert into member_tags (member_id, tag) select id, 'regular' from users where id % 3 = 0`);
  const template = await createTemplate(db, { channel: "in_app" });
  const tag = { id: 1, action: { type: "add_tag", params: { tag: "found" } } };
  const tell = { id: 2, action: { type: "send_in_app_notification", params: { template_id: template.id } } };
  const wait = (waited: number) => ({ id: 3, wait: { days: waited } });
  const back = [{ type: "visited_since_start", params: {} }];
  const silent = { type: "low_engagement", params: { inactive_days: 7 } };
  const workflows = [
    { trigger: silent, steps: [tag, tell], cooldownPeriodDays: 7 },
    { trigger: silent, steps: [tell, wait(3), tag], cooldownPeriodDays: 0, exitWhen: back },
    { trigger: silent, steps: [tag, wait(9), tell], cooldownPeriodDays: 5 },
    { trigger: { type: "high_retention_risk", params: {} }, steps: [tell], cooldownPeriodDays: 2 },
    { trigger: { type: "manual", params: {} }, steps: [tag], cooldownPeriodDays: 3 },
  ];
  const workflowIds: number[] = [];
  for (const workflow of workflows) {
    workflowIds.push((await createWorkflow(db, { ...workflow, enabledAt: instantOf(firstDay, "00:00", timeZone) })).id);
  }
  return { workflowIds, templateId: template.id };
}

async function liveADay(db: Db, clock: Clock, some: (share: number) => number[], random: () => number) {
  const visitedAt = instantOf(clock.today, "02:00", timeZone);
  const visits = some(0.07).map((memberId) => ({ memberId, visitedAt, kind: "checkin" as const }));
  await recordVisits(db, visits, clock);
  const scores = some(0.05).map((memberId) => {
    return {
      memberId,
      score: Math.round(random() * 1e4) / 1e4,
      scoredAt: clock.now,
      reasons: [],
      modelVersion: "test",
    };
  });
  await recordRiskScores(db, scores);
  await handleEvents(db, clock);
  if (random() < 0.5) {
    const { rows } = await db.execute<{ id: number }>(sql`
      select id from automation_workflows where trigger ->> 'type' = 'manual'`);
    const workflowId = rows[0]?.id ?? 0;
    await requestEnrolment(db, { workflowId, memberId: null, tag: "regular", actorId: null });
  }
}

/** Steps are done, now and then in part only; on some days the template is damaged meanwhile and every send fails. */
async function work(db: Db, clock: Clock, templateId: number, random: () => number) {
  const isDamaged = random() < 0.2;
  const batches = random() < 0.2 ? 3 : Number.POSITIVE_INFINITY;
  const setChannel = (channel: string) =>
    db.execute(sql`update communication_templates set channel = ${channel} where id = ${templateId}`);
  if (isDamaged) {
    await setChannel("email");
  }
  let done = 0;
  await runDueSteps(db, () => clock, { shouldStop: () => done >= batches, afterBatch: () => done++ });
  if (isDamaged) {
    await setChannel("in_app");
  }
}

/** Another text for the tag, or other days of silence, which is a new trigger and so a new baseline. */
async function editOne(db: Db, id: number, random: () => number, clock: Clock) {
  const { rows } = await db.execute<{
    trigger: { type: string };
    steps: unknown;
    exitWhen: unknown;
    days: number;
    name: string;
  }>(sql`
    select name, trigger, steps, exit_when as "exitWhen", cooldown_period_days as days from automation_workflows where id = ${id}`);
  const [stored] = rows;
  if (!stored) {
    return;
  }
  const { name, steps, exitWhen, days: cooldownPeriodDays } = stored;
  const inactive = { type: "low_engagement", params: { inactive_days: 5 + Math.floor(random() * 4) } };
  const trigger = stored.trigger.type === "low_engagement" && random() < 0.5 ? inactive : stored.trigger;
  const context = { edited: clock.today };
  const includeCurrent = random() < 0.5;
  await saveWorkflow(
    db,
    { id, name, trigger, steps, exitWhen, context, cooldownPeriodDays, includeCurrent, actorId: null },
    clock,
  );
}
