import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { automationWorkflows, type users, workflowRuns } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import { sweep, sweepIfDue } from "./sweep.ts";

const expiry = { trigger: { type: "membership_expiry_upcoming", params: {} }, cooldownPeriodDays: 0 };

test("a member is left alone until the cooldown is over, by the gym's calendar", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { cooldownPeriodDays: 7 });
  const started: number[] = [];
  for (const today of ["2026-11-22", "2026-11-23", "2026-11-28", "2026-11-29"]) {
    const [result] = await sweep(tx, clockAt(today));
    started.push(result?.started ?? -1);
    await tx.update(workflowRuns).set({ status: "done", endedAt: new Date(), dueAt: null });
  }
  expect(started).toEqual([1, 0, 0, 1]);
});

test("with a cooldown of 0 there is still one run a day, and none beside an unfinished one", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { cooldownPeriodDays: 0 });
  expect(await sweep(tx, clockAt("2026-11-22"))).toMatchObject([{ started: 1 }]);
  expect(await sweep(tx, clockAt("2026-11-22"))).toMatchObject([{ started: 0, onCooldown: 1 }]);
  expect(await sweep(tx, clockAt("2026-11-23"))).toMatchObject([{ started: 0, onCooldown: 1 }]);
  await tx.update(workflowRuns).set({ status: "done", endedAt: new Date(), dueAt: null });
  expect(await sweep(tx, clockAt("2026-11-23"))).toMatchObject([{ started: 1 }]);
});

test("a happening is answered once, however short the cooldown", async ({ tx }) => {
  await createMember(tx, { expiresOn: "2026-12-01" });
  await createWorkflow(tx, expiry);
  expect(await sweep(tx, clockAt("2026-11-22"))).toMatchObject([{ started: 1 }]);
  await tx.update(workflowRuns).set({ status: "done", endedAt: new Date(), dueAt: null });
  expect(await sweep(tx, clockAt("2026-11-23"))).toMatchObject([{ matched: 1, started: 0, alreadyAnswered: 1 }]);
});

test("a missed night loses nobody whose membership ends soon", async ({ tx }) => {
  await createMember(tx, { expiresOn: "2026-12-06" });
  await createWorkflow(tx, expiry);
  // The exact day, fourteen before, was the 22nd.
  expect(await sweep(tx, clockAt("2026-11-25"))).toMatchObject([{ started: 1 }]);
  const [run] = await tx.select().from(workflowRuns);
  expect(run).toMatchObject({ occurrence: "expires:2026-12-06", facts: { expires_on: "2026-12-06", days_left: 11 } });
});

test("what a sweep counts adds up, each member under the first rule that applies", async ({ tx }) => {
  const workflow = await createWorkflow(tx, { cooldownPeriodDays: 30 });
  const members = [];
  for (let number = 0; number < 5; number++) {
    members.push(await createMember(tx, { visits: ["2026-01-01"] }));
  }
  const [cooling, left] = members;
  await tx.execute(sql`insert into member_workflow_state values (${workflow.id}, ${cooling?.id}, '2026-11-23')`);
  await tx.execute(sql`insert into baselines (workflow_id, member_id) values (${workflow.id}, ${left?.id})`);
  expect(await sweep(tx, clockAt("2026-11-22"))).toMatchObject([
    { matched: 5, started: 3, onCooldown: 1, baseline: 1, alreadyAnswered: 0, held: 0 },
  ]);
});

test("E22: a dry run counts the same and writes nothing", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  const dry = await sweep(tx, clockAt("2026-11-22"), { isDryRun: true });
  expect(dry).toMatchObject([{ matched: 1, started: 1 }]);
  expect(await tx.select().from(workflowRuns)).toEqual([]);
  expect(await sweep(tx, clockAt("2026-11-22"))).toEqual(dry);
});

test("who matched when the workflow was switched on is left alone until they once did not", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  const workflow = await createWorkflow(tx, { cooldownPeriodDays: 0 });
  await tx.execute(sql`insert into baselines (workflow_id, member_id) values (${workflow.id}, ${member.id})`);
  expect(await sweep(tx, clockAt("2026-11-22"))).toMatchObject([{ baseline: 1, started: 0 }]);
  await tx.execute(sql`update member_stats set last_visit_on = '2026-11-22'`);
  expect(await sweep(tx, clockAt("2026-11-23"))).toMatchObject([{ matched: 0 }]);
  expect(await sweep(tx, clockAt("2027-01-23"))).toMatchObject([{ baseline: 0, started: 1 }]);
});

test.for<[string, Partial<typeof users.$inferInsert>]>([
  ["frozen", { status: "frozen" }],
  ["cancelled", { status: "cancelled" }],
  ["ended yesterday", { membershipEndsOn: "2026-11-21" }],
  ["joining tomorrow", { joinDate: "2026-11-23" }],
  ["paused until today", { pausedUntil: "2026-11-22" }],
  ["erased", { erasedAt: new Date("2026-11-01T00:00:00Z") }],
  ["staff", { role: "staff" }],
])("nobody who is %s is in the audience", async ([, state], { tx }) => {
  await createMember(tx, { visits: ["2026-01-01"], ...state });
  await createWorkflow(tx);
  expect(await sweep(tx, clockAt("2026-11-22"))).toMatchObject([{ matched: 0 }]);
});

test("a workflow whose stored JSON does not parse is not swept and says why", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { trigger: { type: "full_moon" } });
  const [result] = await sweep(tx, clockAt("2026-11-22"));
  expect(result).toMatchObject({ matched: 0, started: 0 });
  expect(result?.needsAttention).toEqual([
    { path: "trigger.type", message: expect.stringContaining("'full_moon' is unknown. Known: birthday, ") },
  ]);
});

test("the scheduler sweeps each gym day once, and not before its hour", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  const early = { ...clockAt("2026-11-22"), now: new Date("2026-11-22T02:59:59Z") };
  expect(await sweepIfDue(tx, early)).toEqual([]);
  expect(await sweepIfDue(tx, clockAt("2026-11-22"))).toMatchObject([{ started: 1 }]);
  expect(await sweepIfDue(tx, clockAt("2026-11-22"))).toEqual([]);
  expect(await sweepIfDue(tx, clockAt("2026-11-23"))).toMatchObject([{ started: 0 }]);
});

test("a day whose sweep time does not exist, or whose midnight does not, is swept all the same", async ({ tx }) => {
  await createWorkflow(tx);
  await tx.execute(sql`update gym_settings set sweep_time = '02:30'`);
  const zurich = { today: "2027-03-28", timeZone: "Europe/Zurich" };
  expect(await sweepIfDue(tx, { ...zurich, now: new Date("2027-03-28T01:29:00Z") })).toHaveLength(0);
  expect(await sweepIfDue(tx, { ...zurich, now: new Date("2027-03-28T01:31:00Z") })).toHaveLength(1);
  await tx.execute(sql`update gym_settings set sweep_time = '00:00', time_zone = 'America/Santiago'`);
  const santiago = { today: "2026-09-06", timeZone: "America/Santiago" };
  expect(await sweepIfDue(tx, { ...santiago, now: new Date("2026-09-06T04:01:00Z") })).toHaveLength(1);
});

test("a workflow whose template is gone is not swept, and is owed again once it is right", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const step = { id: 1, action: { type: "send_email", params: { template_id: 999 } } };
  const workflow = await createWorkflow(tx, { steps: [step] });
  const [result] = await sweepIfDue(tx, clockAt("2026-11-22"));
  expect(result).toMatchObject({
    started: 0,
    needsAttention: [
      { path: "steps.0.action.params.template_id", message: "Step 1 (send_email): Template 999 does not exist" },
    ],
  });
  expect(await sweepIfDue(tx, clockAt("2026-11-22"))).toEqual([]);
  const tag = { id: 1, action: { type: "add_tag", params: { tag: "absent" } } };
  await tx
    .update(automationWorkflows)
    .set({ steps: [tag] })
    .where(eq(automationWorkflows.id, workflow.id));
  expect(await sweepIfDue(tx, clockAt("2026-11-22"))).toMatchObject([{ started: 1 }]);
});
