import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { sweep, sweepIfDue } from "#engine/sweep";
import { test } from "../support/database.ts";
import { isLong, seed } from "../support/size.ts";
import { compareRuns, listRuns, playGym } from "./compare.ts";
import { dayAt, instantOf } from "./days.ts";
import { gyms } from "./gyms.ts";
import { loadGym } from "./load.ts";
import type { Gym } from "./model.ts";
import { foresee } from "./oracle.ts";

const emptyAll = (db: Db) =>
  db.execute(
    sql`truncate users, automation_workflows, workflow_runs, member_workflow_state, baselines restart identity cascade`,
  );

const size = isLong ? 60 : 4;

test(`E20: sweeps at once start what one alone would have, in ${size} random gyms (seed ${seed})`, {
  timeout: 600_000,
}, async ({ database: { db } }) => {
  for (const gym of fc.sample(gyms(200), { seed: seed + 20, numRuns: size })) {
    await emptyAll(db);
    await playGym(db, gym, async (clock) => {
      // The scheduler of two workers, and an admin who asks for a sweep meanwhile.
      const sweeps = await Promise.all([sweepIfDue(db, clock), sweepIfDue(db, clock), sweep(db, clock)]);
      return sweeps.flat();
    });
    expect(compareRuns(foresee(gym), await listRuns(db))?.words ?? "no difference").toBe("no difference");
  }
});

test("E19: a sweep that begins at 23:59:50 belongs to that day, whenever it ends", async ({ database: { db } }) => {
  await emptyAll(db);
  const timeZone = "Europe/Zurich";
  const late = new Date(instantOf("2026-12-31", "23:59", timeZone).getTime() + 50_000);
  const early = new Date(late.getTime() + 20_000);
  const plain = { role: "member", status: "active", joinedOn: "2020-01-01", isErased: false } as const;
  const nothing = { lastFreezeEndedOn: null, pausedUntil: null, memberships: [], visits: [], scores: [] };
  const workflow = { cooldownDays: 7, enabledOn: "2026-12-31", includesCurrent: true, runDays: 0 };
  const gym: Gym = {
    timeZone,
    members: ["1990-12-30", "1990-12-31", "1990-01-01", "1990-01-02"].map((bornOn, index) => {
      return { id: index + 1, bornOn, ...plain, ...nothing };
    }),
    workflows: [{ id: 1, trigger: { type: "birthday", params: {} }, ...workflow }],
    days: [],
  };
  await loadGym(db, gym, { now: late, today: "2026-12-31", timeZone });
  await db.execute(sql`update gym_settings set sweep_time = '00:00'`);
  await db.execute(sql`update automation_workflows set is_enabled = true, enabled_at = '2026-12-01T12:00:00Z'`);
  for (const now of [late, early]) {
    await sweepIfDue(db, { now, today: dayAt(now, timeZone), timeZone });
  }
  const { rows: runs } = await db.execute(sql`
    select member_id as member, occurrence, started_on::text as day from workflow_runs order by member_id`);
  expect(runs).toEqual([
    { member: 1, occurrence: "birthday:2026", day: "2026-12-31" },
    { member: 2, occurrence: "birthday:2026", day: "2026-12-31" },
    { member: 3, occurrence: "birthday:2027", day: "2027-01-01" },
  ]);
  const { rows: days } = await db.execute(sql`select swept_on::text as day from swept_days order by swept_on`);
  expect(days).toEqual([{ day: "2026-12-31" }, { day: "2027-01-01" }]);
});
