import { type SQL, sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import { type Db, withTransaction } from "#db/client";
import { one } from "#lib/rows";
import { until } from "../test/support/until.ts";
import { clock } from "./gym.ts";
import { stepsByLoop, sweepByLoop } from "./loop.ts";
import { type Gym, median, ms, type Print, time, whole, withGym } from "./measure.ts";
import { bareFirst, forgetRuns, passNight } from "./sweep.ts";
import { backends, setClock, withWorkers } from "./workers.ts";
import { storeWorkflows } from "./workflows.ts";

const now = sql`${clock.now}::timestamptz`;

type Scenario = {
  name: string;
  steps: { id: number; action: { type: string; params: object } }[];
  bare: SQL[];
  goal: number;
};

const scenarios: Scenario[] = [
  {
    name: "a tag and credits",
    steps: [
      { id: 1, action: { type: "add_tag", params: { tag: "bench" } } },
      { id: 2, action: { type: "grant_credits", params: { amount: 1, reason: "Bench" } } },
    ],
    bare: [
      sql`insert into member_tags (member_id, tag, run_id) select member_id, 'bench', id from workflow_runs
          order by member_id on conflict do nothing`,
      sql`insert into credit_entries (member_id, run_id, step_id, amount, reason)
          select member_id, id, 2, 1, 'Bench' from workflow_runs order by member_id`,
    ],
    goal: 1.8,
  },
  {
    name: "a notification, with consent, delivered",
    steps: [{ id: 1, action: { type: "send_in_app_notification", params: { template_id: 1 } } }],
    bare: [
      sql`insert into communication_logs (channel, class, member_id, run_id, step_id, workflow_id, template_id,
                                          template_version_id, queued_at, status, sent_at, recipient, language)
          select 'in_app', 'service', member_id, id, 1, workflow_id, 1, 1, ${now}, 'sent', ${now}, 'member_' || member_id, 'en'
          from workflow_runs order by member_id`,
      sql`insert into notifications (member_id, run_id, step_id, message_id, title, body, created_at)
          select m.member_id, m.run_id, 1, m.id, 'Hello ' || u.first_name, 'Good to see you.', ${now}
          from communication_logs m join users u on u.id = m.member_id order by m.member_id`,
    ],
    goal: 2.5,
  },
];

/** Members up to which a loop is waited for. */
const loopUpTo = 10_000;

/**
 * A gym's day: two worker processes sweep six workflows, execute all steps and deliver, against bare statements that
 * write the same rows, on one connection; and in a small gym against a loop.
 */
export async function benchDay(members: number, repetitions: number, print: Print = console.log): Promise<void> {
  for (const scenario of scenarios) {
    await withGym({ members, visitsPerMember: 6 }, async (gym) => {
      await gym.db.execute(sql`
        insert into communication_templates (name, channel, class, title, body_text)
        values ('Bench', 'in_app', 'service', 'Hello {{ member_first_name }}', 'Good to see you.')`);
      await storeWorkflows(gym.db, scenario.steps);
      await gym.db.execute(sql`update automation_workflows set enabled_at = ${now}`);
      await gym.db.execute(sql`update gym_settings set brake_min_runs = 100000000`);
      await setSweepTime(gym.db, "23:59");
      await setClock(gym);
      print(`${whole(members)} members, each run: ${scenario.name}; medians of ${repetitions}`);
      const bare = await measureBare(gym, scenario, repetitions);
      const limit = median(bare.samples);
      print(`bare statements ${ms(limit)}: ${whole(bare.runs)} runs, ${whole(bare.logs)} logs`);
      const loop = members <= loopUpTo ? await timeLoop(gym, scenario) : null;
      for (const backend of backends) {
        const ours = median(await withWorkers(gym, { backend, count: 2 }, () => measureOurs(gym, bare, repetitions)));
        const against = loop ? `, ${(loop / ours).toFixed(0)} × faster than the loop (goal ≥ 50)` : "";
        print(`${backend}: ${ms(ours)}, ${(ours / limit).toFixed(2)} × (goal ≤ ${scenario.goal})${against}`);
      }
    });
  }
}

type Work = { samples: number[]; runs: number; logs: number };

async function measureBare({ db }: Gym, scenario: Scenario, repetitions: number): Promise<Work> {
  const samples: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    await forgetDay(db);
    samples.push(
      await time(async () => {
        await bareFirst(db, "done");
        for (const statement of [...scenario.bare, ...scenario.steps.map(bareLog)]) {
          await db.execute(statement);
        }
      }),
    );
  }
  return { samples, ...(await countWork(db)) };
}

const bareLog = ({ id, action }: Scenario["steps"][number]) => sql`
  insert into automation_logs (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome)
  select id, member_id, workflow_id, ${id}, ${action.type}, ${now}, true, 'done' from workflow_runs`;

/** From the hour of the sweep until nothing is owed any more. */
async function measureOurs({ db }: Gym, expected: Work, repetitions: number): Promise<number[]> {
  const samples: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    await setSweepTime(db, "23:59");
    await forgetDay(db);
    samples.push(
      await time(async () => {
        await withTransaction(db, async (tx) => {
          await setSweepTime(tx, "00:00");
          await ringBell(tx, "sweep");
        });
        // Asked seldom: looking for what is owed among hundreds of thousands is work for the same machine.
        await until(() => isOver(db), Boolean, 600_000, 200);
      }),
    );
    const { runs, logs } = await countWork(db);
    if (runs !== expected.runs || logs !== expected.logs) {
      throw new Error(
        `${runs} runs and ${logs} logs, and the bare statements wrote ${expected.runs} and ${expected.logs}`,
      );
    }
  }
  return samples;
}

const setSweepTime = (db: Db, time: string) => db.execute(sql`update gym_settings set sweep_time = ${time}`);

async function isOver(db: Db): Promise<boolean> {
  const { rows } = await db.execute<{ isOver: boolean }>(sql`
    select (select count(*) from swept_days) = (select count(*) from automation_workflows)
      and not exists (select from workflow_runs where ended_at is null)
      and not exists (select from communication_logs where due_at is not null) as "isOver"`);
  return one(rows).isOver;
}

async function timeLoop({ db, pool }: Gym, { steps }: Scenario): Promise<number> {
  await forgetDay(db);
  return time(async () => {
    await sweepByLoop(pool);
    await stepsByLoop(pool, steps);
  });
}

async function countWork(db: Db): Promise<Pick<Work, "runs" | "logs">> {
  const { rows } = await db.execute<Pick<Work, "runs" | "logs">>(sql`
    select (select count(*)::int from workflow_runs) as runs,
           (select count(*)::int from automation_logs where outcome = 'done') as logs`);
  return one(rows);
}

async function forgetDay(db: Db) {
  await db.execute(sql`
    truncate automation_logs, communication_logs, notifications, member_tags, credit_entries, member_events, swept_days cascade`);
  await forgetRuns(db);
  await passNight(db);
}
