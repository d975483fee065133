import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { connect, type Db } from "#db/client";
import { migrateDatabase } from "#db/migrate";
import { sweep } from "#engine/sweep";
import { importFile } from "#importing/import-file";
import { startEmbeddedPostgres } from "#scripts/embedded-postgres";
import { writeMembers, writeVisits } from "./import-files.ts";

const clock = { now: new Date("2026-11-22T03:00:00Z"), today: "2026-11-22", timeZone: "Europe/Zurich" };
const repetitions = 5;

/** The three starter triggers, and the bare predicate that each of them comes down to. */
const workflows = [
  {
    trigger: { type: "low_engagement", params: { inactive_days: 30 } },
    occurrence: sql`null::text`,
    facts: sql`jsonb_build_object('days_inactive', date '2026-11-22' - greatest(s.last_visit_on, u.join_date, u.last_freeze_ended_on), 'last_visit_on', s.last_visit_on)`,
    where: sql`greatest(s.last_visit_on, u.join_date, u.last_freeze_ended_on) <= date '2026-11-22' - 30`,
  },
  {
    trigger: { type: "birthday", params: {} },
    occurrence: sql`'birthday:2026'`,
    facts: sql`jsonb_build_object('age', 2026 - extract(year from u.birth_date)::int)`,
    where: sql`u.birth_md in (1122, 1121)`,
  },
  {
    trigger: { type: "membership_expiry_upcoming", params: { days_before: 14 } },
    occurrence: sql`'expires:' || u.membership_ends_on`,
    facts: sql`jsonb_build_object('expires_on', u.membership_ends_on, 'days_left', u.membership_ends_on - date '2026-11-22')`,
    where: sql`u.membership_ends_on between date '2026-11-22' and date '2026-11-22' + 14`,
  },
];

/**
 * A sweep of three workflows over imported members, against bare `insert … select` on the same tables and indexes: the
 * first, which starts all runs, and a steady one, which finds everybody answered or on cooldown.
 */
export async function benchSweep(members: number, print: (line: string) => void = console.log): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), "bench-sweep-"));
  chmodSync(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ directory: path.join(directory, "postgres") });
  try {
    await migrateDatabase(postgres.url("postgres"));
    const { db, close } = connect({ connectionString: postgres.url("postgres"), statementTimeoutMs: 600_000 });
    await fill(db, directory, members);
    const times = {
      first: [] as number[],
      bareFirst: [] as number[],
      steady: [] as number[],
      bareSteady: [] as number[],
    };
    let runs = 0;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      await forget(db);
      times.first.push(
        await time(async () => {
          runs = (await sweep(db, clock, { noBrake: true })).reduce((sum, { started }) => sum + started, 0);
        }),
      );
      times.steady.push(await time(() => sweep(db, clock, { noBrake: true })));
      times.bareSteady.push(await time(() => bareSteady(db)));
      await forget(db);
      times.bareFirst.push(await time(() => bareFirst(db)));
    }
    const ms = (samples: number[]) => Math.round(median(samples));
    const ratio = (ours: number[], bare: number[]) => (median(ours) / median(bare)).toFixed(2);
    const size = members.toLocaleString("en");
    print(`sweep of 3 workflows, ${size} members, ${runs.toLocaleString("en")} runs, medians of ${repetitions}`);
    print(
      `first: ${ms(times.first)} ms, bare ${ms(times.bareFirst)} ms: ${ratio(times.first, times.bareFirst)} × (goal ≤ 1.5)`,
    );
    print(
      `steady: ${ms(times.steady)} ms, bare ${ms(times.bareSteady)} ms: ${ratio(times.steady, times.bareSteady)} × (goal ≤ 1.5)`,
    );
    await close();
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true });
  }
}

async function fill(db: Db, directory: string, members: number) {
  const files = { members: path.join(directory, "members.csv"), visits: path.join(directory, "visits.csv") };
  await writeMembers(files.members, members);
  await writeVisits(files.visits, members * 10, members);
  for (const kind of ["members", "visits"] as const) {
    await importFile(db, { kind, path: files[kind] }, clock);
  }
  for (const [index, { trigger }] of workflows.entries()) {
    const steps = [{ id: 1, action: { type: "add_tag", params: { tag: "bench" } } }];
    await db.execute(sql`
      insert into automation_workflows (name, trigger, steps, is_enabled)
      values (${`Workflow ${index}`}, ${JSON.stringify(trigger)}, ${JSON.stringify(steps)}, true)`);
  }
  await db.execute(sql`vacuum analyze`);
}

async function forget(db: Db) {
  await db.execute(sql`truncate member_workflow_state, workflow_runs cascade`);
  await db.execute(sql`checkpoint`);
}

const active = sql`u.role = 'member' and u.status = 'active' and u.join_date <= date '2026-11-22'
  and (u.membership_ends_on is null or u.membership_ends_on >= date '2026-11-22')`;
const from = (where: SQL) =>
  sql`from users u left join member_stats s on s.member_id = u.id where ${active} and ${where}`;

async function bareFirst(db: Db) {
  for (const [index, { where, occurrence, facts }] of workflows.entries()) {
    await db.execute(sql`
      insert into member_workflow_state (workflow_id, member_id, cooldown_until)
      select ${index + 1}, u.id, date '2026-11-29' ${from(where)} order by u.id on conflict do nothing`);
    await db.execute(sql`
      insert into workflow_runs (workflow_id, version_id, member_id, occurrence, facts, step_id, started_on, started_at, due_at)
      select ${index + 1}, ${index + 1}, u.id, ${occurrence}, ${facts}, 1, date '2026-11-22', now(), now()
      ${from(where)} order by u.id on conflict do nothing`);
  }
}

async function bareSteady(db: Db) {
  for (const [index, { where }] of workflows.entries()) {
    await db.execute(sql`
      insert into member_workflow_state (workflow_id, member_id, cooldown_until)
      select ${index + 1}, u.id, date '2026-11-29' ${from(where)}
        and not exists (select from member_workflow_state c
                        where c.workflow_id = ${index + 1} and c.member_id = u.id and c.cooldown_until > date '2026-11-22')
      order by u.id on conflict do nothing`);
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(samples: number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}
