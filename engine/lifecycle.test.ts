import { sql } from "drizzle-orm";
import { expect } from "vitest";
import {
  auditEvents,
  automationLogs,
  automationWorkflows,
  baselines,
  communicationLogs,
  memberTags,
  workflowRuns,
} from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { archiveWorkflow } from "./archive-workflow.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { saveWorkflow } from "./save-workflow.ts";
import { sweep } from "./sweep.ts";
import { switchOn } from "./switching.ts";

const clock = clockAt("2026-11-22");
const hoursLater = (hours: number) => ({ ...clock, now: new Date(clock.now.getTime() + hours * 3_600_000) });
const tag = (id: number, name: string) => ({ id, action: { type: "add_tag", params: { tag: name } } });
const silence = (days: number) => ({ type: "low_engagement", params: { inactive_days: days } });
const definition = { trigger: silence(30), steps: [tag(1, "a")], context: {}, exitWhen: [] };
const away = { visits: ["2026-01-01"] };

test("E64: a deleted workflow keeps its history, its cooldowns and what it answered", async ({ tx }) => {
  const member = await createMember(tx, { birthDate: "1990-11-22" });
  const workflow = await createWorkflow(tx, {
    name: "Birthday",
    trigger: { type: "birthday", params: {} },
    steps: [tag(1, "a"), { id: 2, wait: { hours: 1 } }, tag(3, "b")],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  expect(await archiveWorkflow(tx, { workflowId: workflow.id, actorId: null }, clock)).toEqual({ cancelled: 1 });
  await runDueSteps(tx, () => hoursLater(2));
  expect(await tx.select().from(memberTags)).toMatchObject([{ tag: "a" }]);
  expect(await tx.select().from(workflowRuns)).toMatchObject([
    { memberId: member.id, status: "cancelled", reason: "workflow_deleted", occurrence: "birthday:2026" },
  ]);
  expect(await tx.select().from(automationLogs)).toHaveLength(1);
  const { rows } = await tx.execute(sql`select 1 from member_workflow_state where workflow_id = ${workflow.id}`);
  expect(rows).toHaveLength(1);
  expect(await sweep(tx, clock)).toEqual([]);
  // Its name is free again, and its own row says what it was.
  await createWorkflow(tx, { name: "Birthday" });
  await expect(archiveWorkflow(tx, { workflowId: workflow.id, actorId: null }, clock)).rejects.toThrow(
    "There is no workflow",
  );
});

test("E65: an archived template is skipped by runs, and its workflow needs attention", async ({ tx }) => {
  await createMember(tx, away);
  const template = await createTemplate(tx);
  const send = { id: 1, action: { type: "send_email", params: { template_id: template.id } } };
  await createWorkflow(tx, { steps: [send, tag(2, "after")] });
  await sweep(tx, clock);
  await tx.execute(sql`update communication_templates set archived_at = now()`);
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(automationLogs).orderBy(automationLogs.id)).toMatchObject([
    { outcome: "skipped", reason: "template_archived", success: false },
    { outcome: "done" },
  ]);
  expect(await tx.select().from(communicationLogs)).toEqual([]);
  const [result] = await sweep(tx, clockAt("2026-12-22"));
  expect(result).toMatchObject({ started: 0, needsAttention: [{ path: "steps.0.action.params.template_id" }] });
});

test("a changed trigger of a live workflow is from now on, unless those who match are asked for", async ({ tx }) => {
  const [silent, quiet] = [await createMember(tx, away), await createMember(tx, { visits: ["2026-11-10"] })];
  const workflow = await createWorkflow(tx, { isEnabled: false });
  await switchOn(tx, { workflowId: workflow.id, includeCurrent: false, actorId: null }, clock);
  const edit = { ...definition, id: workflow.id, name: "Silence", trigger: silence(10), actorId: null };
  expect(await saveWorkflow(tx, edit, clock)).toMatchObject({ revision: 2, requestId: null });
  const left = await tx.select().from(baselines).orderBy(baselines.memberId);
  expect(left.map(({ memberId }) => memberId)).toEqual([silent.id, quiet.id]);
  expect(await sweep(tx, clock)).toMatchObject([{ baseline: 2, started: 0 }]);
  const again = await saveWorkflow(tx, { ...edit, trigger: silence(11), includeCurrent: true }, clock);
  expect(again.requestId).not.toBeNull();
  expect(await sweep(tx, clock)).toMatchObject([{ started: 2 }]);
});

test("a change of steps alone, or of a workflow that is off, writes no baseline", async ({ tx }) => {
  await createMember(tx, away);
  const live = await createWorkflow(tx, { name: "Live" });
  await saveWorkflow(tx, { ...definition, id: live.id, name: "Live", steps: [tag(1, "z")], actorId: null }, clock);
  const off = await createWorkflow(tx, { name: "Off", isEnabled: false });
  await saveWorkflow(tx, { ...definition, id: off.id, name: "Off", trigger: silence(5), actorId: null }, clock);
  expect(await tx.select().from(baselines)).toEqual([]);
  expect(await sweep(tx, clock)).toMatchObject([{ started: 1 }]);
});

test("a live workflow that is put right writes no baseline: its trigger is what it was", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-10-01"] });
  const { id } = await createWorkflow(tx, { name: "Live", steps: [{ id: 1, jump: 1 }], trigger: silence(10) });
  expect(await sweep(tx, clock)).toMatchObject([{ started: 0, needsAttention: [{}] }]);
  await saveWorkflow(tx, { ...definition, trigger: silence(10), id, name: "Live", actorId: null }, clock);
  expect(await tx.select().from(baselines)).toEqual([]);
  expect(await sweep(tx, clock)).toMatchObject([{ started: 1 }]);
});

test("a new workflow is off, has its first version, and its maker in the audit", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const { id } = await saveWorkflow(tx, { ...definition, name: "  New one ", actorId: admin.id }, clock);
  const [stored] = await tx.select().from(automationWorkflows);
  expect(stored).toMatchObject({ id, name: "New one", isEnabled: false, cooldownPeriodDays: 7, revision: 1 });
  expect(stored?.liveVersionId).not.toBeNull();
  expect(await tx.select().from(auditEvents)).toMatchObject([{ action: "workflow.created", actorId: admin.id }]);
});
