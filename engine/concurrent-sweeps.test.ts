import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { test } from "../test/support/database.ts";
import { clockAt, createWorkflow } from "../test/support/factories.ts";
import { sweep } from "./sweep.ts";

test("G5: four sweeps at once start one run for each member", async ({ database: { db } }) => {
  await db.execute(sql`
    insert into users (first_name, join_date) select 'M' || n, '2020-01-01' from generate_series(1, 20000) n`);
  await createWorkflow(db, { cooldownPeriodDays: 7 });
  const sweeps = await Promise.all([1, 2, 3, 4].map(() => sweep(db, clockAt("2026-11-22"), { noBrake: true })));
  expect(sweeps.flat().reduce((sum, { started }) => sum + started, 0)).toBe(20_000);
  const { rows } = await db.execute(sql`select count(*) runs, count(distinct member_id) members from workflow_runs`);
  expect(rows).toEqual([{ runs: 20_000, members: 20_000 }]);
});
