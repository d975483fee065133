import { expect } from "vitest";
import { auditEvents, automationWorkflows, workflowRuns } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { handleRequests } from "./handle-requests.ts";
import { sweep } from "./sweep.ts";
import { requestRunNow, switchOff, switchOn, undoSwitchOff } from "./switching.ts";

const clock = clockAt("2026-11-22");
const off = { isEnabled: false };

test("only from now on: who matches when it is switched on is left alone, who matches later is not", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createMember(tx, { visits: ["2026-10-30"] });
  const workflow = await createWorkflow(tx, off);
  await switchOn(tx, { workflowId: workflow.id, includeCurrent: false, actorId: null }, clock);
  expect(await sweep(tx, clock)).toMatchObject([{ matched: 1, baseline: 1, started: 0 }]);
  expect(await sweep(tx, clockAt("2026-11-29"))).toMatchObject([{ matched: 2, baseline: 1, started: 1 }]);
});

test("only from now on: a happening that is going on counts as answered, the next one does not", async ({ tx }) => {
  const member = await createMember(tx, { expiresOn: "2026-12-01" });
  const workflow = await createWorkflow(tx, { ...off, trigger: { type: "membership_expiry_upcoming", params: {} } });
  await switchOn(tx, { workflowId: workflow.id, includeCurrent: false, actorId: null }, clock);
  expect(await sweep(tx, clock)).toMatchObject([{ baseline: 1, started: 0 }]);
  await tx.execute(`update users set membership_ends_on = '2027-12-01' where id = ${member.id}`);
  expect(await sweep(tx, clockAt("2027-11-20"))).toMatchObject([{ baseline: 0, started: 1 }]);
});

test("also those who match now: they are started by the request that it leaves", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const workflow = await createWorkflow(tx, off);
  const { requestId } = await switchOn(tx, { workflowId: workflow.id, includeCurrent: true, actorId: null }, clock);
  expect(requestId).not.toBeNull();
  expect(await handleRequests(tx, clock)).toBe(1);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ origin: "manual" }]);
  expect(await handleRequests(tx, clock)).toBe(0);
});

test("E21: running it now again starts nobody twice", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const workflow = await createWorkflow(tx);
  await requestRunNow(tx, { workflowId: workflow.id, actorId: null });
  await requestRunNow(tx, { workflowId: workflow.id, actorId: null });
  expect(await handleRequests(tx, clock)).toBe(2);
  expect(await tx.select().from(workflowRuns)).toHaveLength(1);
});

test("switching leaves its mark, and switching off twice leaves one", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const workflow = await createWorkflow(tx, off);
  await switchOn(tx, { workflowId: workflow.id, includeCurrent: false, actorId: admin.id }, clock);
  await switchOff(tx, { workflowId: workflow.id, actorId: admin.id }, clock);
  await switchOff(tx, { workflowId: workflow.id, actorId: admin.id }, clock);
  expect(await tx.select().from(auditEvents).orderBy(auditEvents.id)).toMatchObject([
    { action: "workflow.enabled", actorId: admin.id, subjectId: workflow.id },
    { action: "workflow.disabled", actorId: admin.id },
  ]);
});

test("a workflow with problems stays off and names all of them", async ({ tx }) => {
  const sms = await createTemplate(tx, { channel: "sms" });
  const gone = await createTemplate(tx, { archivedAt: new Date() });
  const email = (id: number, templateId: number) => ({
    id,
    action: { type: "send_email", params: { template_id: templateId } },
  });
  const workflow = await createWorkflow(tx, { ...off, steps: [email(1, 99_999), email(2, sms.id), email(3, gone.id)] });
  const attempt = switchOn(tx, { workflowId: workflow.id, includeCurrent: false, actorId: null }, clock);
  await expect(attempt).rejects.toMatchObject({
    code: "invalid",
    fields: {
      "steps.0.action.params.template_id": "Step 1 (send_email): Template 99999 does not exist",
      "steps.1.action.params.template_id": `Step 2 (send_email): Template ${sms.id} is for sms, not email`,
      "steps.2.action.params.template_id": `Step 3 (send_email): Template "${gone.name}" is archived`,
    },
  });
  expect(await tx.select().from(automationWorkflows)).toMatchObject([{ isEnabled: false }]);
});

test.for([
  ["is off", { isEnabled: false }, "conflict"],
  ["is archived", { isEnabled: false, archivedAt: new Date() }, "not_found"],
] as const)("a workflow that %s cannot be run now", async ([, state, code], { tx }) => {
  const workflow = await createWorkflow(tx, state);
  await expect(requestRunNow(tx, { workflowId: workflow.id, actorId: null })).rejects.toMatchObject({ code });
});

test("a switch-off that is taken back leaves nobody out, and can be taken back for a while only", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const workflow = await createWorkflow(tx);
  const by = { workflowId: workflow.id, actorId: null };
  const later = (minutes: number) => ({ ...clock, now: new Date(clock.now.getTime() + minutes * 60_000) });
  await switchOff(tx, by, clock);
  await undoSwitchOff(tx, by, later(4));
  expect(await sweep(tx, clock)).toMatchObject([{ baseline: 0, started: 1 }]);
  await switchOff(tx, by, clock);
  await expect(undoSwitchOff(tx, by, later(6))).rejects.toMatchObject({ code: "conflict" });
});

test("whom an earlier switch left out is judged anew by the next one", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const workflow = await createWorkflow(tx, off);
  const by = { workflowId: workflow.id, actorId: null };
  await switchOn(tx, { ...by, includeCurrent: false }, clock);
  await switchOff(tx, by, clock);
  await switchOn(tx, { ...by, includeCurrent: true }, clock);
  await handleRequests(tx, clock);
  expect(await tx.select().from(workflowRuns)).toHaveLength(1);
});
