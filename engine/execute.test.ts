import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { recordVisits } from "#db/queries/visits";
import {
  automationLogs,
  automationWorkflows,
  communicationLogs,
  memberTags,
  users,
  workflowRuns,
} from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { claimRuns } from "./claim.ts";
import { executeClaim } from "./execute.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");
const tag = (id: number, name: string) => ({ id, action: { type: "add_tag", params: { tag: name } } });

test("steps follow one another at once, each with its log, and the run is done", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { steps: [tag(4, "first"), tag(2, "second")] });
  await sweep(tx, clock);
  expect(await runDueSteps(tx, () => clock)).toBe(2);
  const logs = await tx.select().from(automationLogs).orderBy(automationLogs.id);
  expect(logs).toMatchObject([
    { stepId: 4, outcome: "done", success: true, memberId: member.id },
    { stepId: 2, outcome: "done", success: true },
  ]);
  expect(await tx.select({ tag: memberTags.tag }).from(memberTags)).toHaveLength(2);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "done", dueAt: null, leaseToken: null }]);
});

test("a step that was done is not done again by whoever claimed it before", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await sweep(tx, clock);
  const first = await claimRuns(tx, clock, { leaseMs: -1 });
  const second = await claimRuns(tx, clock);
  expect(second?.runs).toHaveLength(1);
  if (first && second) {
    await executeClaim(tx, second, clock);
    await executeClaim(tx, first, clock);
  }
  expect(await tx.select().from(automationLogs)).toHaveLength(1);
});

test("what is leased is not claimed by another until the lease is over", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await sweep(tx, clock);
  expect((await claimRuns(tx, clock))?.runs).toHaveLength(1);
  expect(await claimRuns(tx, clock)).toBeNull();
  await tx.update(workflowRuns).set({ leaseUntil: new Date(0) });
  expect((await claimRuns(tx, clock))?.runs).toMatchObject([{ attempts: 2 }]);
});

test("a member who came after the start ends the run before the next action", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { exitWhen: [{ type: "visited_since_start", params: {} }] });
  await sweep(tx, clock);
  const visitedAt = new Date(clock.now.getTime() + 60_000);
  await recordVisits(tx, [{ memberId: member.id, visitedAt, kind: "checkin" }], clock);
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(memberTags)).toEqual([]);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "exited", reason: "exited" }]);
  expect(await tx.select().from(automationLogs)).toMatchObject([
    { outcome: "skipped", success: false, reason: "exited" },
  ]);
});

test.for([
  ["frozen", { status: "frozen" as const }, "exited", "left_audience"],
  ["erased", { erasedAt: clock.now }, "cancelled", "member_gone"],
] as const)("a member who is %s meanwhile ends the run", async ([, change, status, reason], { tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await sweep(tx, clock);
  await tx.update(users).set(change);
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status, reason }]);
  expect(await tx.select().from(memberTags)).toEqual([]);
});

test("a step more than 48 hours overdue is not done late", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await sweep(tx, clock);
  const late = { ...clockAt("2026-11-24"), now: new Date(clock.now.getTime() + 48 * 3_600_000 + 1) };
  await runDueSteps(tx, () => late);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "expired", reason: "expired_too_late" }]);
});

test("a workflow that is off starts no step, and goes on when it is on again", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await sweep(tx, clock);
  await tx.update(automationWorkflows).set({ isEnabled: false });
  expect(await runDueSteps(tx, () => clock)).toBe(0);
  await tx.update(automationWorkflows).set({ isEnabled: true });
  expect(await runDueSteps(tx, () => clock)).toBe(1);
});

test("a run finishes on the version that it started on", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const workflow = await createWorkflow(tx, { steps: [tag(1, "old")] });
  await sweep(tx, clock);
  await tx
    .update(automationWorkflows)
    .set({ steps: [tag(1, "new")] })
    .where(eq(automationWorkflows.id, workflow.id));
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(memberTags)).toMatchObject([{ tag: "old" }]);
});

test("a worker that stops between two steps leaves no lease behind", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { steps: [tag(1, "first"), tag(2, "second")] });
  await sweep(tx, clock);
  let batches = 0;
  await runDueSteps(tx, () => clock, { afterBatch: () => batches++, shouldStop: () => batches > 0 });
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ stepId: 2, leaseUntil: null }]);
});

test("a visit of before the start that is brought in after it ends the run, too", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { exitWhen: [{ type: "visited_since_start", params: {} }] });
  await sweep(tx, clock);
  const visitedAt = new Date(clock.now.getTime() - 10 * 3_600_000);
  await recordVisits(tx, [{ memberId: member.id, visitedAt, kind: "checkin" }], clock);
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "exited" }]);
});

test("a template that is gone meanwhile fails the step, and the next one follows", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }, tag(2, "after")],
  });
  await sweep(tx, clock);
  await tx.execute(
    sql`update workflow_versions set steps = jsonb_set(steps, '{0,action,params,template_id}', '999999')`,
  );
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(automationLogs).orderBy(automationLogs.id)).toMatchObject([
    { outcome: "failed", success: false, errorMessage: "Template 999999 does not exist" },
    { outcome: "done", success: true },
  ]);
  expect(await tx.select().from(communicationLogs)).toEqual([]);
});

test("one member whose row cannot be written fails alone", async ({ tx }) => {
  const members = [];
  for (let number = 0; number < 60; number++) {
    members.push(await createMember(tx, { visits: ["2026-01-01"] }));
  }
  await tx.execute(sql`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$`);
  await tx.execute(sql`
    create trigger refuse before insert on member_tags for each row when (new.member_id % 60 = 7) execute function refuse()`);
  await createWorkflow(tx);
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
  const { rows } = await tx.execute(sql`
    select outcome, count(*) as members, max(error_message) as error from automation_logs group by 1 order by 1`);
  expect(rows).toEqual([
    { outcome: "done", members: 59, error: null },
    { outcome: "failed", members: 1, error: "not this one" },
  ]);
});

test("E92: a step that this program does not know waits for one that does, for 48 hours, and after 15 minutes somebody is told", async ({
  tx,
}) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await sweep(tx, clock);
  await tx.execute(sql`update workflow_versions set trigger = '{"type": "full_moon"}'`);
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "active", attempts: 0, leaseToken: null }]);
  const told: number[] = [];
  for (const minutes of [10, 16, 49 * 60]) {
    await tx.execute(sql`update workflow_runs set lease_until = null`);
    const later = { ...clock, now: new Date(clock.now.getTime() + minutes * 60_000) };
    await runDueSteps(tx, () => later, { onUnknownStep: () => told.push(minutes) });
  }
  expect(told).toEqual([16, 49 * 60]);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "failed", reason: "definition_invalid" }]);
});

test("an email is queued once for a run and step, and the run goes on", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }, tag(2, "after")],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(communicationLogs)).toMatchObject([
    { memberId: member.id, status: "queued", templateId: template.id, stepId: 1 },
  ]);
  const [log] = await tx.select().from(automationLogs).orderBy(automationLogs.id);
  expect(log).toMatchObject({ outcome: "queued", success: false });
});

test("E96: a step whose claims end in nothing is given up after twenty, and the next one follows", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createMember(tx, { visits: ["2026-01-01"] });
  const workflow = await createWorkflow(tx, { steps: [tag(1, "first"), tag(2, "second")] });
  await sweep(tx, clock);
  const [first] = await tx.select().from(workflowRuns).orderBy(workflowRuns.id);
  await tx
    .update(workflowRuns)
    .set({ attempts: 19 })
    .where(eq(workflowRuns.id, first?.id ?? 0));
  const claim = await claimRuns(tx, clock, { limit: 1 });
  await tx.update(workflowRuns).set({ leaseUntil: null });
  expect(claim?.runs).toMatchObject([{ runId: first?.id, attempts: 20 }]);
  await runDueSteps(tx, () => clock);
  const { rows } = await tx.execute(sql`
    select run_id = ${first?.id} as "isWorn", step_id as step, outcome from automation_logs
    where workflow_id = ${workflow.id} order by 1, 2`);
  expect(rows).toEqual([
    { isWorn: false, step: 1, outcome: "done" },
    { isWorn: false, step: 2, outcome: "done" },
    { isWorn: true, step: 1, outcome: "failed" },
    { isWorn: true, step: 2, outcome: "done" },
  ]);
});

test("a run that was in the hands of nineteen workers that were killed is not given up for that", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await sweep(tx, clock);
  await tx.update(workflowRuns).set({ attempts: 19 });
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "done" }]);
});
