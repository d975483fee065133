import type { Database, Db } from "#db/client";
import { sweep } from "#engine/sweep";
import { clock, type Size, today } from "./gym.ts";
import { type Gym, median, ms, type Print, time, whole, withGym } from "./measure.ts";
import { forgetRuns, oneStep, passNight } from "./sweep.ts";
import { storeWorkflows, workflows } from "./workflows.ts";

/** How a first sketch sweeps: a query for each member and question, prepared, on one connection. */
export async function benchLoop(size: Size, print: Print = console.log): Promise<void> {
  await withGym(size, async (gym) => {
    await storeWorkflows(gym.db, oneStep);
    const goals = size.members < 100_000 ? { first: 80, steady: 200 } : { first: 200, steady: 300 };
    const { loop, ours, queries } = await timeLoop(gym);
    print(`${whole(size.members)} members; the loop makes ${whole(queries)} queries in its first sweep`);
    for (const kind of ["first", "steady"] as const) {
      const faster = loop[kind] / ours[kind];
      print(
        `${kind}: ${ms(ours[kind])}, loop ${ms(loop[kind])}: ${faster.toFixed(0)} × faster (goal ≥ ${goals[kind]})`,
      );
    }
  });
}

type Times = { first: number; steady: number };

async function timeLoop({ db, pool }: Gym): Promise<{ loop: Times; ours: Times; queries: number }> {
  let queries = 0;
  await forgetRuns(db);
  const first = await time(async () => {
    queries = await sweepByLoop(pool);
  });
  await passNight(db);
  const loop = { first, steady: await time(() => sweepByLoop(pool)) };
  return { loop, ours: await timeOurs(db), queries };
}

async function timeOurs(db: Db): Promise<Times> {
  const first: number[] = [];
  const steady: number[] = [];
  for (let repetition = 0; repetition < 3; repetition++) {
    await forgetRuns(db);
    first.push(await time(() => sweep(db, clock, { noBrake: true })));
    await passNight(db);
    steady.push(await time(() => sweep(db, clock, { noBrake: true })));
  }
  return { first: median(first), steady: median(steady) };
}

type Row = Record<string, unknown>;
type Query = (name: string, text: string, values: unknown[]) => Promise<Row[]>;

/** Questions that a member's own row does not answer, as the sketch asked them. */
const asks: Partial<Record<string, string>> = {
  low_engagement: "select max(visited_on)::text as answer from visits where member_id = $1 and kind <> 'no_show'",
  high_retention_risk: "select risk_score as answer from member_stats where member_id = $1",
  milestone_achieved: "select visits_total as answer from member_stats where member_id = $1",
};

const daysBefore = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
const between = (day: unknown, first: string, last: string) => typeof day === "string" && day >= first && day <= last;

const matches: Record<string, (member: Row, answer: unknown) => boolean> = {
  low_engagement: ({ joined }, lastVisit) => String(lastVisit ?? joined) <= daysBefore(30),
  high_retention_risk: (_, score) => Number(score ?? 0) >= 0.7,
  membership_expiry_upcoming: ({ ends }) => between(ends, today, daysBefore(-14)),
  milestone_achieved: (_, visits) => Number(visits ?? 0) >= 100,
  new_member_welcome: ({ joined }) => between(joined, daysBefore(8), daysBefore(1)),
  birthday: ({ born }) => [today, daysBefore(1)].some((day) => String(born).slice(5) === day.slice(5)),
};

/** Returns how many queries it made. */
export async function sweepByLoop(pool: Database["pool"]): Promise<number> {
  let queries = 0;
  const client = await pool.connect();
  const query: Query = async (name, text, values) => {
    queries++;
    return (await client.query({ name, text, values })).rows;
  };
  try {
    for (const [index, { trigger }] of workflows.entries()) {
      const members = await query(
        "members",
        `select id, join_date::text as joined, membership_ends_on::text as ends, birth_date::text as born from users
         where role = 'member' and status = 'active' and (membership_ends_on is null or membership_ends_on >= $1)`,
        [today],
      );
      for (const member of members) {
        const ask = asks[trigger.type];
        const [found] = ask ? await query(trigger.type, ask, [member.id]) : [];
        if (matches[trigger.type]?.(member, found?.answer)) {
          await startByLoop(query, index + 1, member.id);
        }
      }
    }
  } finally {
    client.release();
  }
  return queries;
}

/** Without transactions, each of which would be two queries more. */
async function startByLoop(query: Query, workflowId: number, memberId: unknown) {
  const [state] = await query(
    "cooldown",
    "select cooldown_until > $3 as is_on from member_workflow_state where workflow_id = $1 and member_id = $2",
    [workflowId, memberId, today],
  );
  if (state?.is_on) {
    return;
  }
  await query(
    "state",
    `insert into member_workflow_state (workflow_id, member_id, cooldown_until) values ($1, $2, $3::date + 7)
     on conflict (workflow_id, member_id) do update set cooldown_until = excluded.cooldown_until`,
    [workflowId, memberId, today],
  );
  await query(
    "run",
    `insert into workflow_runs (workflow_id, version_id, member_id, step_id, started_on, started_at, due_at)
     values ($1, $1, $2, 1, $3, now(), now())`,
    [workflowId, memberId, today],
  );
}

/** Executes what the loop has started, a transaction a step: each of its effects, then the log, then the run. */
export async function stepsByLoop(
  pool: Database["pool"],
  steps: { id: number; action: { type: string } }[],
): Promise<void> {
  const client = await pool.connect();
  const query: Query = async (name, text, values) => (await client.query({ name, text, values })).rows;
  try {
    const runs = await query(
      "due",
      "select id, workflow_id, member_id from workflow_runs where due_at is not null",
      [],
    );
    for (const { id, workflow_id, member_id } of runs) {
      for (const { id: step, action } of steps) {
        await query("begin", "begin", []);
        await query(action.type, effects[action.type] ?? "", [member_id, id, step]);
        await query(
          "log",
          `insert into automation_logs (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome)
           values ($1, $2, $3, $4, $5, $6, true, 'done')`,
          [id, member_id, workflow_id, step, action.type, clock.now],
        );
        await query("advance", "update workflow_runs set step_id = $2 where id = $1", [id, step]);
        await query("commit", "commit", []);
      }
      await query("end", "update workflow_runs set status = 'done', ended_at = $2, due_at = null where id = $1", [
        id,
        clock.now,
      ]);
    }
  } finally {
    client.release();
  }
}

const effects: Record<string, string> = {
  add_tag: `insert into member_tags (member_id, tag, run_id) select $1, 'bench', $2::bigint where $3::int > 0 on conflict do nothing`,
  grant_credits:
    "insert into credit_entries (member_id, run_id, step_id, amount, reason) values ($1, $2, $3, 1, 'Bench')",
  send_in_app_notification:
    "insert into notifications (member_id, run_id, step_id, title, body) values ($1, $2, $3, 'Hello Ada', 'Good to see you.')",
};
