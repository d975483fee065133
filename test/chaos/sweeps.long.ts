import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test as plain } from "vitest";
import type { Db } from "#db/client";
import { sweep } from "#engine/sweep";
import { bundle } from "../support/bundle.ts";
import { test } from "../support/database.ts";
import { clockAt, createWorkflow } from "../support/factories.ts";
import { createCrew } from "./crew.ts";
import { createRandom } from "./random.ts";
import { createGymDatabase, persist, startPostgres } from "./servers.ts";

const members = 110_000;
const matching = 99_000;

/** Every tenth is frozen; the others have never been here, and the memberships of all end on the same day, if ever. */
const fill = (db: Db, count: number, endsOn: string | null = null) =>
  db.execute(sql`
    insert into users (first_name, join_date, status, membership_ends_on)
    select 'M' || n, '2020-01-01', case when n % 10 = 0 then 'frozen' else 'active' end, ${endsOn}::date
    from generate_series(1, ${count}::int) n`);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

plain("G4: a sweep that is cut off ten times starts each run once", { timeout: 180_000 }, async () => {
  const random = createRandom(1);
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const { db, close } = await createGymDatabase(postgres, "cut_off", 1);
  const script = await bundle("test/chaos/sweeper-process.ts");
  const crew = createCrew<string>({ script });
  onTestFinished(async () => {
    await crew.disband();
    await close();
    rmSync(script, { force: true });
  });
  await fill(db, members);
  await createWorkflow(db);

  const startedAt = performance.now();
  let isOver = false;
  const sweeping = new Set<ChildProcess>();
  const signals: (NodeJS.Signals | null)[] = [];
  const sweepOn = async () => {
    do {
      const sweeper = await crew.hire(postgres.url("cut_off", "app"));
      sweeping.add(sweeper.process);
      signals.push(await crew.fall(sweeper));
      sweeping.delete(sweeper.process);
    } while (!isOver || signals.at(-1) !== null);
  };
  const sweepers = [sweepOn(), sweepOn()];
  for (let fault = 0; fault < 5; fault++) {
    await pause(200 + random() * 800);
    await postgres.restart(fault % 2 === 0 ? "SIGINT" : "SIGQUIT");
    await pause(200 + random() * 800);
    const [victim] = sweeping;
    victim?.kill("SIGKILL");
  }
  isOver = true;
  await Promise.all(sweepers);
  expect(performance.now() - startedAt).toBeLessThan(60_000);
  expect(signals.filter((signal) => signal === "SIGKILL")).toHaveLength(5);
  const { rows } = await persist(() =>
    db.execute(sql`
      select count(*)::int as runs, count(distinct member_id)::int as members,
             (select count(*)::int from member_workflow_state) as states from workflow_runs`),
  );
  expect(rows).toEqual([{ runs: matching, members: matching, states: matching }]);
});

test("G5: four sweeps at once on three days start each run once", { timeout: 180_000 }, async ({
  database: { db },
}) => {
  await fill(db, members, "2026-12-05");
  const lasting = await createWorkflow(db);
  const once = await createWorkflow(db, {
    trigger: { type: "membership_expiry_upcoming", params: { days_before: 30 } },
    cooldownPeriodDays: 0,
  });
  for (const [day, runs] of [
    ["2026-11-22", 1],
    ["2026-11-23", 1],
    ["2026-11-29", 2],
  ] as const) {
    await Promise.all([1, 2, 3, 4].map(() => sweep(db, clockAt(day), { noBrake: true })));
    const { rows } = await db.execute(sql`
      select workflow_id as id, count(*)::int as runs, count(distinct (member_id, started_on))::int as distinct
      from workflow_runs group by 1 order by 1`);
    expect(rows).toEqual([
      { id: lasting.id, runs: matching * runs, distinct: matching * runs },
      { id: once.id, runs: matching, distinct: matching },
    ]);
    await db.execute(sql`
      update workflow_runs set status = 'done', ended_at = started_at, due_at = null where ended_at is null`);
  }
});
