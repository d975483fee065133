import { expect } from "vitest";
import { listTemplateUses } from "#db/queries/templates";
import { auditEvents, automationLogs, communicationLogs, communicationTemplates } from "#db/schema/index";
import { archive } from "../test/support/config-files.ts";
import { test } from "../test/support/database.ts";
import { branchStep, clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";
import { archiveTemplate } from "./archive-template.ts";
import { findProblems } from "./references.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");
const send = (id: number, template_id: unknown) => ({ id, action: { type: "send_email", params: { template_id } } });
const tagged = { type: "has_tag", params: { tag: "x" } };

test("E65: where a template is used is found in every branch, and nowhere that only looks so", async ({ tx }) => {
  const { id } = await createTemplate(tx);
  const { id: other } = await createTemplate(tx);
  const deep = branchStep(1, tagged, [], [branchStep(2, tagged, [{ id: 3, wait: { days: 1 } }, send(4, id)])]);
  await createWorkflow(tx, { name: "Deep", steps: [{ id: 9, wait: { days: 1 } }, deep] });
  await createWorkflow(tx, { name: "Off", steps: [send(1, other), send(2, id)], isEnabled: false });
  await createWorkflow(tx, { name: "After", steps: [send(1, id)] });
  await createWorkflow(tx, { name: "Other", steps: [send(id, other)] });
  await createWorkflow(tx, { name: "Digits", steps: [send(1, id * 10), send(2, `${id}`)] });
  await createWorkflow(tx, {
    name: "Context",
    steps: [{ ...send(1, other), context: { template_id: id } }],
    context: { template_id: id },
  });
  await createWorkflow(tx, { name: "Broken", steps: { template_id: id }, isEnabled: false });
  const nested = JSON.parse("[".repeat(2_000) + "]".repeat(2_000));
  await createWorkflow(tx, { name: "Far too deep", steps: nested, isEnabled: false });
  await archive(tx, await createWorkflow(tx, { name: "Gone", steps: [send(1, id)], isEnabled: false }));
  expect((await listTemplateUses(tx, id)).map(({ name, isEnabled }) => [name, isEnabled])).toEqual([
    ["After", true],
    ["Deep", true],
    ["Off", false],
  ]);
  expect(await listTemplateUses(tx, -1)).toEqual([]);
});

test("E65: a template that workflows send which are on is archived only by who knows it", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const { id: templateId } = await createTemplate(tx, { name: "Hello" });
  await createWorkflow(tx, { name: "Silence", steps: [send(1, templateId)] });
  await createWorkflow(tx, { name: "Absence", steps: [branchStep(1, tagged, [send(2, templateId)])] });
  await createWorkflow(tx, { name: "Off", steps: [send(1, templateId)], isEnabled: false });
  const refusal = archiveTemplate(tx, { templateId, actorId: admin.id }, clock);
  await expect(refusal).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(
      /^"Absence" and "Silence" are on and send "Hello"\. Take it out of there first, or /,
    ),
  });
  expect(await tx.select().from(communicationTemplates)).toMatchObject([{ archivedAt: null }]);
  expect(await tx.select().from(auditEvents)).toEqual([]);

  const left = await archiveTemplate(tx, { templateId, isConfirmed: true, actorId: admin.id }, clock);
  expect(left.map(({ name }) => name)).toEqual(["Absence", "Silence"]);
  expect(await tx.select().from(communicationTemplates)).toMatchObject([
    { archivedAt: clock.now, updatedBy: admin.id },
  ]);
  expect(await tx.select().from(auditEvents)).toMatchObject([
    { action: "template.archived", subjectType: "template", subjectId: templateId, actorId: admin.id },
  ]);
  for (const result of await sweep(tx, clock)) {
    expect(result).toMatchObject({ started: 0, needsAttention: [{ message: expect.stringContaining("is archived") }] });
  }
});

test("E65: one that nobody sends, or only workflows that are off, is archived at once, and once", async ({ tx }) => {
  const { id: templateId, name } = await createTemplate(tx);
  const steps = [send(1, templateId)];
  const off = await createWorkflow(tx, { steps, isEnabled: false });
  expect(await archiveTemplate(tx, { templateId, actorId: null }, clock)).toEqual([]);
  await expect(archiveTemplate(tx, { templateId, actorId: null }, clock)).rejects.toMatchObject({ code: "not_found" });
  await expect(archiveTemplate(tx, { templateId: -1, actorId: null }, clock)).rejects.toThrow("no template -1");
  // Its name is free again; the workflow says what is wrong as soon as somebody looks.
  await createTemplate(tx, { name });
  expect((await findProblems(tx, off)).problems).toMatchObject([{ message: expect.stringContaining("is archived") }]);
});

test("E65: ten workflows that send it are named in one sentence", async ({ tx }) => {
  const { id: templateId } = await createTemplate(tx, { name: "Hello" });
  for (let index = 10; index < 20; index++) {
    await createWorkflow(tx, { name: `W${index}`, steps: [send(1, templateId)] });
  }
  await expect(archiveTemplate(tx, { templateId, actorId: null }, clock)).rejects.toThrow(
    '"W10", "W11", "W12", "W13", "W14" and 5 more are on and send "Hello".',
  );
});

test("E65: what is queued goes out as it was, and who comes to the step later goes on without it", async ({ tx }) => {
  const { id: templateId } = await createTemplate(tx);
  await createMember(tx, { visits: ["2026-01-01"] });
  const tag = { id: 3, action: { type: "add_tag", params: { tag: "after" } } };
  await createWorkflow(tx, { steps: [send(1, templateId), { id: 2, wait: { days: 1 } }, send(4, templateId), tag] });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  await archiveTemplate(tx, { templateId, isConfirmed: true, actorId: null }, clock);
  const noon = { ...clock, now: new Date("2026-11-22T11:00:00Z") };
  const { provider, taken } = createMailbox();
  expect(await deliver(tx, noon, provider)).toMatchObject({ messages: 1 });
  expect(taken()).toMatchObject([{ subject: "Hello Ada" }]);
  await runDueSteps(tx, () => clockAt("2026-11-23"));
  expect(await tx.select().from(automationLogs).orderBy(automationLogs.id)).toMatchObject([
    { stepId: 1, outcome: "done" },
    { stepId: 2, outcome: "done" },
    { stepId: 4, outcome: "skipped", reason: "template_archived" },
    { stepId: 3, outcome: "done" },
  ]);
  expect(await tx.$count(communicationLogs)).toBe(1);
});
