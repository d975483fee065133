import { sql } from "drizzle-orm";
import { readAttention } from "#app/_dashboard/read-attention";
import { readAutomation } from "#app/_dashboard/read-automation";
import { readMemberGroups } from "#app/_dashboard/read-members";
import { readOverdueTasks } from "#app/_dashboard/read-tasks";
import { type Db, type Tx, withTransaction } from "#db/client";
import { countFigures } from "#db/queries/count-figures";
import { clock, today } from "./gym.ts";
import { ms, time, whole, withGym } from "./measure.ts";

const days = 100;

/** All that the dashboard asks, at once as it does, and apart from it what a worker counts for it. */
export async function benchDashboard(members: number, rows: number, repetitions: number) {
  await withGym({ members, visitsPerMember: 6 }, async ({ db }) => {
    await fillLogs(db, members, rows);
    console.log(`the first count, of 30 days    ${ms(await time(() => countFigures(db, clock)))}`);
    const later = { ...clock, now: new Date(clock.now.getTime() + 11 * 60_000) };
    console.log(`a later one, of two days       ${ms(await time(() => countFigures(db, later)))}`);
    const parts: Record<string, () => Promise<unknown>> = {
      "what needs attention": () => readAttention(db, clock),
      members: () => readMemberGroups(db, clock),
      "what workflows did": () => readAutomation(db, clock),
      "overdue tasks": () => readOverdueTasks(db, today),
    };
    const all = () => Promise.all(Object.values(parts).map((part) => part()));
    for (const [name, part] of Object.entries({ ...parts, "all at once": all })) {
      const samples: number[] = [];
      for (let repetition = 0; repetition < repetitions; repetition++) {
        samples.push(await time(part));
      }
      const at = (share: number) =>
        ms(samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)] ?? Number.NaN);
      console.log(`${name.padEnd(30)} p50 ${at(0.5)}  p95 ${at(0.95)}`);
    }
    console.log(`${whole(members)} members, ${whole(rows)} rows in the log (goal: p95 under 50 ms)`);
  });
}

/** A log of so many steps, a tenth of which were messages, and a workflow that they are of. */
async function fillLogs(db: Db, members: number, rows: number) {
  await withTransaction(db, async (tx) => {
    await fillTables(tx, members, rows);
  });
  await db.execute(sql`vacuum analyze`);
}

async function fillTables(db: Tx, members: number, rows: number) {
  await db.execute(sql`
    insert into automation_workflows (name, trigger, steps, is_enabled)
    select 'Workflow ' || n, '{"type":"birthday"}', '[{"id":1,"action":{"type":"add_tag","params":{"tag":"x"}}}]', true
    from generate_series(1, 30) as n`);
  const at = sql`${clock.now}::timestamptz - make_interval(secs => (1 - n::float8 / ${rows}::float8) * 86400 * ${days}::int)`;
  await db.execute(sql`set local session_replication_role = replica`);
  await db.execute(sql`
    insert into automation_logs (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome, reason)
    select n, 1 + n % ${members}::int, 1 + n % 30, 1, 'send_email', ${at}, n % 10 > 0, case when n % 10 > 0 then 'done' else 'skipped' end,
           case when n % 10 = 0 then case when n % 100000 = 0 then 'no_assignee' else 'frequency_cap' end end
    from generate_series(1, ${rows}::int) as n`);
  await db.execute(sql`
    insert into communication_logs (channel, class, member_id, run_id, step_id, workflow_id, recipient, status, queued_at, sent_at)
    select (array['email', 'email', 'in_app'])[1 + n % 3], 'marketing', 1 + n % ${members}::int, n, 1, 1 + n % 30, 'x@example.ch',
           (array['sent', 'delivered', 'opened'])[1 + n % 3], ${at}, ${at}
    from generate_series(1, ${rows}::int, 10) as n`);
  await db.execute(sql`set local session_replication_role = default`);
  await db.execute(sql`
    insert into staff_tasks (assignee_id, description, due_date) select 1, 'Task ' || n, ${today}::date - 30 + n % 60
    from generate_series(1, 5000) as n`);
}
