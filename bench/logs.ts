import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { listStepLogs, type StepLogFilter } from "#db/queries/logs";
import { listMessages, type MessageFilter } from "#db/queries/message-log";
import { listRuns, type RunFilter } from "#db/queries/run-log";
import { today } from "./gym.ts";
import { type Gym, ms, quantile, time, whole, withGym } from "./measure.ts";

type Page = { beforeId?: number; limit: number };
type Read = (page: Page) => Promise<unknown>;

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const spans = {
  "one day": { since: day("2026-05-04"), until: day("2026-05-05") },
  "until half a year ago": { until: day("2026-05-05") },
  "the last month": { since: day("2026-10-22") },
};
const common = {
  "no filter": {},
  "a member": { memberId: 777 },
  "a frequent workflow": { workflowId: 1 },
  "a rare workflow": { workflowId: 20 },
  "a member's part of a workflow": { memberId: 777, workflowId: 2 },
  "a rare reason": { reason: "no_address" },
  "a frequent reason": { reason: "no_consent" },
  "a reason that none has": { reason: "loop" },
  ...spans,
  "a workflow's last month": { workflowId: 20, ...spans["the last month"] },
};
const steps: Record<string, StepLogFilter> = {
  ...common,
  failed: { outcome: "failed" },
  skipped: { outcome: "skipped" },
  "queued, of which there are none": { outcome: "queued" },
  "failed, of a workflow": { outcome: "failed", workflowId: 3 },
  "a run": { runId: 4_321 },
};
const messages: Record<string, MessageFilter> = {
  ...common,
  "a template": { templateId: 3 },
  "a rare channel": { channel: "sms" },
  "a frequent channel": { channel: "email" },
  failed: { status: "failed" },
  opened: { status: "opened" },
  "queued, of which there are none": { status: "queued" },
};
const runs: Record<string, RunFilter> = {
  ...common,
  failed: { status: "failed" },
  exited: { status: "exited" },
  "waiting, of which there are none": { status: "waiting" },
};

/** Pages of the three logs, the newest and from the middle; a hundred steps of each member. */
export async function benchLogs(members: number, repetitions: number) {
  await withGym({ members, visitsPerMember: 1 }, async (gym) => {
    const runCount = members * 50;
    const filledMs = await time(() => fillLogs(gym, runCount));
    console.log(`${whole(runCount * 2)} steps, ${whole(runCount)} runs and messages, written in ${ms(filledMs)}`);
    const { db } = gym;
    const all = [
      ...(await measure(
        "steps",
        steps,
        runCount,
        repetitions,
        (filter) => (page) => listStepLogs(db, { ...filter, ...page }),
      )),
      ...(await measure(
        "messages",
        messages,
        runCount / 2,
        repetitions,
        (filter) => (page) => listMessages(db, { ...filter, ...page, includeSignIn: false }),
      )),
      ...(await measure(
        "runs",
        runs,
        runCount / 2,
        repetitions,
        (filter) => (page) => listRuns(db, { ...filter, ...page }),
      )),
    ];
    const bare = await readBare(db, repetitions);
    print("all", all, " (goal: under 50 ms)");
    print("a bare page of steps by their key", bare);
  });
}

async function measure<Filter>(
  log: string,
  filters: Record<string, Filter>,
  middleId: number,
  repetitions: number,
  reader: (filter: Filter) => Read,
): Promise<number[]> {
  const all: number[] = [];
  for (const [name, filter] of Object.entries(filters)) {
    const samples: number[] = [];
    for (let round = 0; round < repetitions; round++) {
      for (const beforeId of [undefined, middleId]) {
        samples.push(await time(() => reader(filter)({ beforeId, limit: 51 })));
      }
    }
    print(`${log}: ${name}`, samples);
    all.push(...samples);
  }
  return all;
}

async function readBare(db: Db, repetitions: number) {
  const bare: number[] = [];
  for (let round = 0; round < repetitions; round++) {
    bare.push(await time(() => db.execute(sql`select * from automation_logs order by id desc limit 51`)));
  }
  return bare;
}

const print = (name: string, samples: number[], note = "") =>
  console.log(`${name.padEnd(46)} p50 ${ms(quantile(samples, 0.5))}  p95 ${ms(quantile(samples, 0.95))}${note}`);

/** A year of runs, each of two steps and one message; frequent and rare things among them. */
async function fillLogs({ db }: Gym, count: number) {
  const pick = (purpose: number, below: number) =>
    sql`((hashint8extended(n, ${purpose}::int) & 2147483647) % ${below}::int)::int`;
  await db.execute(sql`
    select ensure_log_partition((${today}::date - make_interval(months => n))::date) from generate_series(0, 13) n`);
  await withTransaction(db, async (tx) => {
    // Nothing here refers to what is not there.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`
      insert into automation_workflows (name, trigger, steps) select 'Workflow ' || n, '{}', '[]' from generate_series(1, 20) n`);
    await tx.execute(sql`
      insert into communication_templates (name, channel) select 'Template ' || n, 'email' from generate_series(1, 10) n`);
    await tx.execute(sql`
      create temporary table happened on commit drop as
      select n as id, 1 + ${pick(31, 100_000)} % (select count(*)::int from users) as member_id,
             case when ${pick(32, 10_000)} = 0 then 20 else 1 + ${pick(33, 19)} end as workflow_id,
             ${today}::date - interval '365 days' + interval '365 days' * (n::float8 / ${count}) as at, ${pick(34, 10_000)} as luck
      from generate_series(1, ${count}::int) n`);
    const reason = sql`case when luck < 3 then 'gave_up' when luck < 10 then 'no_address' when luck < 1000 then 'no_consent' end`;
    await tx.execute(sql`
      insert into workflow_runs (id, workflow_id, version_id, member_id, status, reason, started_on, started_at, ended_at)
      select id, workflow_id, 1, member_id,
             case when luck < 3 then 'failed' when luck < 1000 then 'exited' else 'done' end, ${reason}, at::date, at, at
      from happened order by id`);
    await tx.execute(sql`
      insert into automation_logs (id, run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome, reason)
      select id * 2 - 2 + step, id, member_id, workflow_id, step, case step when 1 then 'send_email' else 'add_tag' end, at,
             step = 2 or luck >= 1000,
             case when step = 2 or luck >= 1000 then 'done' when luck < 3 then 'failed' else 'skipped' end,
             case when step = 1 then ${reason} end
      from happened, generate_series(1, 2) step order by id, step`);
    await tx.execute(sql`
      insert into communication_logs (id, channel, class, member_id, run_id, step_id, workflow_id, template_id, recipient, status,
                                      reason, queued_at, sent_at)
      select id, case when luck between 5000 and 5003 then 'sms' when luck % 5 < 2 then 'email' else 'in_app' end, 'marketing',
             member_id, id, 1, workflow_id, 1 + luck % 10, 'member' || member_id || '@example.ch',
             case when luck < 3 then 'failed' when luck < 1000 then 'skipped' when luck % 5 < 2 and luck > 9000 then 'opened'
                  when luck % 5 < 2 then 'delivered' else 'sent' end,
             ${reason}, at, case when luck >= 1000 then at end
      from happened order by id`);
  });
  await db.execute(sql`vacuum analyze`);
}
