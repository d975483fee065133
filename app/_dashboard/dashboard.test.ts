import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { countFigures } from "#db/queries/count-figures";
import { recordRiskScores } from "#db/queries/risk-scores";
import { automationLogs, staffTasks, users } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";
import { readAttention } from "./read-attention.ts";
import { readAutomation } from "./read-automation.ts";
import { readMemberGroups } from "./read-members.ts";
import { readOverdueTasks, readOwnTasks } from "./read-tasks.ts";

const clock = clockAt("2026-11-22");

test("members by what an admin must know of them, each group with its first", async ({ tx }) => {
  expect(await readMemberGroups(tx, clock)).toEqual([]);
  const named = (firstName: string, more: object) => createMember(tx, { firstName, lastName: "", ...more });
  await named("Silent", { visits: ["2026-10-23"] });
  await named("Here", { visits: ["2026-10-24"] });
  await named("Never", {});
  await named("Frozen", { status: "frozen", visits: ["2026-01-01"] });
  await named("Gone", { visits: ["2026-01-01"], expiresOn: "2026-11-21" });
  await named("Ends", { visits: ["2026-11-20"], expiresOn: "2026-12-06" });
  await named("Later", { visits: ["2026-11-20"], expiresOn: "2026-12-07" });
  await named("New", { joinDate: "2026-11-22" });
  await createMember(tx, { role: "staff", joinDate: "2026-11-20" });
  await countFigures(tx, clock);
  const groups = await readMemberGroups(tx, clock);
  expect(
    groups.map(({ id, total, members }) => [id, total, members.map(({ name, note }) => `${name}: ${note}`)]),
  ).toEqual([
    ["away", 2, ["Silent: last here 23 Oct 2026", "Never: never came"]],
    ["ending", 1, ["Ends: ends 6 Dec 2026"]],
    ["joined", 1, ["New: today"]],
  ]);
});

test("a high risk is told with the score, not of whoever objected, and never of the erased", async ({ tx }) => {
  const [ada, zoe, noah] = [await createMember(tx), await createMember(tx), await createMember(tx)];
  const score = { scoredAt: clock.now, modelVersion: "test", reasons: [] };
  await recordRiskScores(tx, [
    { ...score, memberId: ada.id, score: 0.9 },
    { ...score, memberId: zoe.id, score: 0.8 },
    { ...score, memberId: noah.id, score: 0.95 },
  ]);
  await tx.update(users).set({ profilingObjectedAt: clock.now }).where(sql`id = ${noah.id}`);
  await countFigures(tx, clock);
  const [risk] = await readMemberGroups(tx, clock);
  expect(risk).toMatchObject({
    id: "at-risk",
    total: 2,
    members: [{ id: ada.id, note: "90 of 100, never came" }, { id: zoe.id }],
  });
  await tx.update(users).set({ erasedAt: clock.now }).where(sql`id = ${ada.id}`);
  expect((await readMemberGroups(tx, clock))[0]?.members.map(({ id }) => id)).toEqual([zoe.id]);
});

test("until it was counted the month is unknown, then it has every day", async ({ tx }) => {
  expect(await readAutomation(tx, clock)).toBeNull();
  await countFigures(tx, clock);
  const month = await readAutomation(tx, clock);
  expect(month).toMatchObject({ counted: "today, 04:00", days: { length: 30 } });
  expect([month?.days[0]?.label, month?.days.at(-1)?.label]).toEqual(["24 Oct", "22 Nov"]);
});

test("what waits for an admin is told with the way to it, the urgent first", async ({ tx }) => {
  const now = sql`${clock.now}::timestamptz`;
  await tx.execute(sql`insert into worker_heartbeats values ('w', ${now}, ${now}, true)`);
  expect(await readAttention(tx, clock)).toEqual([]);
  const member = await createMember(tx);
  const workflow = await createWorkflow(tx, { name: "Win back" });
  await tx.execute(sql`
    insert into workflow_runs (workflow_id, version_id, member_id, status, started_on, started_at)
    select id, live_version_id, ${member.id}, 'held', ${clock.today}::date, ${now} from automation_workflows where id = ${workflow.id}`);
  await tx.insert(automationLogs).values({
    ...{ runId: 1, memberId: member.id, workflowId: workflow.id, stepId: 1, actionType: "assign_task_to_staff" },
    ...{ executedAt: clock.now, success: false, outcome: "skipped", reason: "no_assignee" },
  });
  await tx.execute(sql`
    insert into provider_accounts (channel, paused_until, pause_cause, pause_error, failing_since)
    values ('sms', ${now} + interval '1 hour', 'account_refused', 'Wrong key', ${now} - interval '1 hour')`);
  await tx.insert(staffTasks).values({ assigneeId: member.id, description: "Call", dueDate: "2026-11-21" });
  await tx.execute(sql`delete from worker_heartbeats`);
  const items = await readAttention(tx, clock);
  expect(items.map(({ id, isUrgent, title, href }) => [id, isUrgent, title, href])).toEqual([
    ["worker", true, "No worker is running", "/admin/logs/messages"],
    ["paused-sms", true, "SMS has not left since today, 03:00", "/admin/logs/messages"],
    ["held", true, "1 run is held by the brake", "/admin/workflows?state=attention"],
    ["workflows", false, "1 workflow needs somebody", "/admin/workflows?state=attention"],
    ["overdue", false, "1 task is overdue", "/admin#tasks"],
    ["unassigned", false, "1 task found nobody in 7 days", "/admin/settings/automation"],
  ]);
  expect(items.find(({ id }) => id === "workflows")?.detail).toBe("Win back");
});

test("staff see their own tasks without a way to the member; admins all that are overdue", async ({ tx }) => {
  const member = await createMember(tx, { firstName: "Lena", lastName: "Keller" });
  const [jo, mia] = [await createMember(tx, { role: "staff" }), await createMember(tx, { role: "staff" })];
  const task = { assigneeId: jo.id, relatedMemberId: member.id };
  await tx.insert(staffTasks).values([
    { ...task, description: "Call", dueDate: "2026-11-22" },
    { ...task, description: "Write", dueDate: "2026-11-20" },
    { ...task, description: "Done", dueDate: "2026-11-20", status: "completed" },
    { ...task, description: "Hers", dueDate: "2026-11-20", assigneeId: mia.id },
  ]);
  expect(await readOwnTasks(tx, jo.id, clock.today)).toMatchObject({
    total: 2,
    tasks: [
      { description: "Write", about: "About Lena Keller", href: null, due: "Was due 20 Nov 2026", isOverdue: true },
      { description: "Call", due: "Due today", isOverdue: false },
    ],
  });
  const overdue = await readOverdueTasks(tx, clock.today);
  expect(overdue.tasks.map(({ description, href }) => [description, href])).toEqual([
    ["Write", `/admin/members/${member.id}`],
    ["Hers", `/admin/members/${member.id}`],
  ]);
});
