import { type SQL, sql } from "drizzle-orm";
import { connect, type Db } from "#db/client";
import { runDueSteps } from "#engine/run-due-steps";
import { clock as morning, today } from "./gym.ts";
import { type Gym, median, type Print, time, whole, withGym } from "./measure.ts";

/** Runs of the comparison with one run per job. */
const alone = 200;
const nextMorning = { ...morning, now: new Date(morning.now.getTime() + 86_400_000), today: "2026-11-23" };

const addTag = (id: number, tag: string) => ({ id, action: { type: "add_tag", params: { tag } } });
const branch = { if: { type: "has_tag", params: { tag: "even" } }, then: [addTag(3, "yes")], else: [addTag(4, "no")] };

type Scenario = {
  name: string;
  steps: unknown[];
  /** Steps that each run goes through. */
  perRun: number;
  /** What one statement for all runs would be, for each time that workers wake up. */
  bare: { clock: typeof morning; statement: SQL }[];
};

const log = (step: number, action: string, outcome: string) => sql`
  insert into automation_logs (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome)
  select id, member_id, workflow_id, ${step}, ${action}, ${morning.now}::timestamptz, ${outcome} = 'done', ${outcome} from ended`;
const ended = sql`ended as (
  update workflow_runs set status = 'done', ended_at = ${morning.now}::timestamptz, due_at = null
  where due_at is not null returning id, member_id, workflow_id)`;

const scenarios: Scenario[] = [
  {
    name: "add_tag",
    steps: [addTag(1, "bench")],
    perRun: 1,
    bare: [
      {
        clock: morning,
        statement: sql`with ${ended}, tagged as (
          insert into member_tags (member_id, tag, run_id) select member_id, 'bench', id from ended order by member_id)
          ${log(1, "add_tag", "done")}`,
      },
    ],
  },
  {
    name: "a notification",
    steps: [{ id: 1, action: { type: "send_in_app_notification", params: { template_id: 1 } } }],
    perRun: 1,
    bare: [
      {
        clock: morning,
        statement: sql`with ${ended}, sent as (
          insert into communication_logs
            (channel, class, member_id, run_id, step_id, workflow_id, template_id, template_version_id, due_at, queued_at)
          select 'in_app', 'service', member_id, id, 1, workflow_id, 1, 1, ${morning.now}::timestamptz, ${morning.now}::timestamptz
          from ended order by member_id)
          ${log(1, "send_in_app_notification", "queued")}`,
      },
    ],
  },
  {
    name: "a wait, a branch, add_tag",
    steps: [
      { id: 1, wait: { days: 1 } },
      { id: 2, branch },
    ],
    perRun: 3,
    bare: [
      {
        clock: morning,
        statement: sql`update workflow_runs set status = 'waiting', due_at = ${nextMorning.now}::timestamptz where due_at is not null`,
      },
      {
        clock: nextMorning,
        statement: sql`with ${ended}, sides as (
            select ended.*, t.member_id is not null as holds from ended
            left join member_tags t on t.member_id = ended.member_id and t.tag = 'even'),
          tagged as (
            insert into member_tags (member_id, tag, run_id)
            select member_id, case when holds then 'yes' else 'no' end, id from sides order by member_id)
          insert into automation_logs (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome, detail)
          select id, member_id, workflow_id, step_id, type, ${nextMorning.now}::timestamptz, true, 'done', detail
          from sides, lateral (values (1, 'wait', null), (2, 'branch', case when holds then 'then' else 'else' end),
                                      (case when holds then 3 else 4 end, 'add_tag', null)) step (step_id, type, detail)`,
      },
    ],
  },
];

/**
 * Due steps through the engine, two workers with batches of 500, against one statement that does the same to all runs
 * at once; and against one run per job.
 */
export async function benchSteps(members: number, repetitions: number, print: Print = console.log): Promise<void> {
  await withGym({ members, visitsPerMember: 1 }, async (gym) => {
    await gym.db.execute(sql`
      insert into communication_templates (name, channel, class, title, body_text)
      values ('Bench', 'in_app', 'service', 'Hello {{ member_first_name }}', 'Good to see you.')`);
    for (const scenario of scenarios) {
      await storeWorkflow(gym.db, scenario);
      const runs = await countRuns(gym.db);
      const ours: number[] = [];
      const bare: number[] = [];
      const single: number[] = [];
      for (let repetition = 0; repetition < repetitions; repetition++) {
        await beginAgain(gym.db);
        ours.push(await time(() => runBoth(gym, scenario)));
        await beginAgain(gym.db);
        bare.push(await time(() => runBare(gym.db, scenario)));
        await beginAgain(gym.db, alone);
        single.push(await time(() => runAlone(gym.db, scenario)));
      }
      const rate = (count: number, samples: number[]) => (count * scenario.perRun * 1000) / median(samples);
      const [ourRate, bareRate, singleRate] = [rate(runs, ours), rate(runs, bare), rate(alone, single)];
      print(`${scenario.name}, ${whole(runs)} runs, medians of ${repetitions}: ${whole(ourRate)} steps/s`);
      print(`  one statement for all ${whole(bareRate)}: ${(ourRate / bareRate).toFixed(2)} × (goal ≥ 0.6)`);
      print(`  one run per job ${whole(singleRate)}: ${(ourRate / singleRate).toFixed(1)} × (goal ≥ 10)`);
    }
  });
}

/** Two workers, each with connections of its own. */
async function runBoth({ url }: Gym, { bare }: Scenario) {
  const workers = [1, 2].map(() => connect({ connectionString: url, max: 2 }));
  for (const { clock } of bare) {
    await Promise.all(workers.map(({ db }) => runDueSteps(db, () => clock)));
  }
  await Promise.all(workers.map(({ close }) => close()));
}

async function runBare(db: Db, { bare }: Scenario) {
  for (const { statement } of bare) {
    await db.execute(statement);
  }
}

async function runAlone(db: Db, { bare }: Scenario) {
  for (const { clock } of bare) {
    await runDueSteps(db, () => clock, { limit: 1 });
  }
}

async function storeWorkflow(db: Db, { name, steps }: Scenario) {
  await db.execute(sql`update automation_workflows set is_enabled = false`);
  await db.execute(sql`
    insert into automation_workflows (name, trigger, steps, is_enabled)
    values (${name}, '{"type": "manual"}', ${JSON.stringify(steps)}, true)`);
}

const isActive = sql`role = 'member' and status = 'active' and (membership_ends_on is null or membership_ends_on > ${today}::date + 1)`;

async function countRuns(db: Db): Promise<number> {
  const { rows } = await db.execute<{ runs: number }>(sql`select count(*) as runs from users where ${isActive}`);
  return rows[0]?.runs ?? 0;
}

/** A run of the newest workflow for every active member, all due now; half of the members carry a tag. */
async function beginAgain(db: Db, limit = 1_000_000_000) {
  await db.execute(
    sql`truncate workflow_runs, communication_logs, automation_logs, member_tags, member_events cascade`,
  );
  await db.execute(sql`
    insert into workflow_runs (workflow_id, version_id, member_id, step_id, started_on, started_at, due_at)
    select w.id, w.live_version_id, u.id, 1, ${today}, ${morning.now}::timestamptz, ${morning.now}::timestamptz
    from (select id from users where ${isActive} order by id limit ${limit}) u, automation_workflows w
    where w.is_enabled order by u.id`);
  await db.execute(
    sql`insert into member_tags (member_id, tag) select id, 'even' from users where id % 2 = 0 order by id`,
  );
  await db.execute(sql`vacuum analyze workflow_runs, member_tags, automation_logs`);
  await db.execute(sql`checkpoint`);
}
