import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { auditEvents, automationLogs, workflowRuns } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createWorkflow } from "../test/support/factories.ts";
import { approveHeld, discardHeld } from "./held-runs.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");

/** So many members who have been away, among so many who have not. */
async function createGym(tx: Tx, { away, here }: { away: number; here: number }) {
  await tx.execute(sql`
    insert into users (first_name, join_date) select 'Ada', case when n <= ${away} then date '2026-01-01' else date '2026-11-01' end
    from generate_series(1, ${away + here}) as n`);
}

/** Runs that a workflow started on each of the last days, latest first, by members of other times. */
async function createHistory(tx: Tx, workflow: { id: number; liveVersionId: number | null }, counts: number[]) {
  await tx.execute(sql`update automation_workflows set enabled_at = '2026-01-01'`);
  for (const [index, count] of counts.entries()) {
    await tx.execute(sql`
      with old as (insert into users (first_name, status) select 'Old', 'frozen' from generate_series(1, ${count}) returning id)
      insert into workflow_runs (workflow_id, version_id, member_id, status, started_on, started_at, ended_at)
      select ${workflow.id}, live_version_id, old.id, 'done', date '2026-11-21' - ${index}::int, now(), now()
      from old, automation_workflows w where w.id = ${workflow.id}`);
  }
}

test.for([
  { what: "50 of 60 members", away: 50, here: 10, isHeld: false },
  { what: "51 of 60 members", away: 51, here: 9, isHeld: true },
  { what: "60 of 300, a fifth", away: 60, here: 240, isHeld: false },
  { what: "61 of 300, more than a fifth", away: 61, here: 239, isHeld: true },
])("G17: a new workflow that would start for $what: held $isHeld", async ({ away, here, isHeld }, { tx }) => {
  await createGym(tx, { away, here });
  await createWorkflow(tx, { enabledAt: clock.now });
  const [result] = await sweep(tx, clock);
  expect(result).toMatchObject(isHeld ? { held: away, started: 0 } : { held: 0, started: away });
  expect(await runDueSteps(tx, () => clock)).toBe(isHeld ? 0 : away);
});

test.for([
  { daily: 20, isHeld: false },
  { daily: 19, isHeld: true },
])("60 runs where $daily a day are usual: held $isHeld", async ({ daily, isHeld }, { tx }) => {
  await createGym(tx, { away: 60, here: 400 });
  const workflow = await createWorkflow(tx);
  await createHistory(
    tx,
    workflow,
    Array.from({ length: 14 }, () => daily),
  );
  expect(await sweep(tx, clock)).toMatchObject([isHeld ? { held: 60 } : { started: 60 }]);
});

test("the settings move the brake, and a dry run says what it would do", async ({ tx }) => {
  await createGym(tx, { away: 6, here: 4 });
  await createWorkflow(tx, { enabledAt: clock.now });
  await tx.execute(sql`update gym_settings set brake_min_runs = 5, brake_member_share_percent = 10`);
  expect(await sweep(tx, clock, { isDryRun: true })).toMatchObject([{ held: 6, started: 0 }]);
  expect(await sweep(tx, clock, { noBrake: true })).toMatchObject([{ held: 0, started: 6 }]);
});

test("G17: approved, exactly the held runs begin; nobody is started twice meanwhile", async ({ tx }) => {
  await createGym(tx, { away: 120, here: 0 });
  const workflow = await createWorkflow(tx, { enabledAt: clock.now });
  await sweep(tx, clock);
  expect(await sweep(tx, clock)).toMatchObject([{ held: 0, started: 0, onCooldown: 120 }]);
  expect(await approveHeld(tx, { workflowId: workflow.id, actorId: null })).toBe(120);
  expect(await approveHeld(tx, { workflowId: workflow.id, actorId: null })).toBe(0);
  expect(await runDueSteps(tx, () => clock)).toBe(120);
  expect(await tx.select().from(automationLogs)).toHaveLength(120);
  expect(await tx.select().from(auditEvents)).toMatchObject([
    { action: "workflow.held_approved", after: { runs: 120 } },
  ]);
});

test("approved after three days, held runs are too late like any others", async ({ tx }) => {
  await createGym(tx, { away: 60, here: 0 });
  const workflow = await createWorkflow(tx, { enabledAt: clock.now });
  await sweep(tx, clock);
  await approveHeld(tx, { workflowId: workflow.id, actorId: null });
  await runDueSteps(tx, () => clockAt("2026-11-25"));
  const ended = await tx.selectDistinct({ reason: workflowRuns.reason }).from(workflowRuns);
  expect(ended).toEqual([{ reason: "expired_too_late" }]);
});

test("discarded, held runs end and their members stay on the cooldown", async ({ tx }) => {
  await createGym(tx, { away: 60, here: 0 });
  const workflow = await createWorkflow(tx, { enabledAt: clock.now });
  await sweep(tx, clock);
  expect(await discardHeld(tx, { workflowId: workflow.id, actorId: null }, clock)).toBe(60);
  const ended = await tx
    .selectDistinct({ status: workflowRuns.status, reason: workflowRuns.reason })
    .from(workflowRuns);
  expect(ended).toEqual([{ status: "cancelled", reason: "discarded" }]);
  expect(await sweep(tx, clockAt("2026-11-23"))).toMatchObject([{ onCooldown: 60, started: 0 }]);
});
