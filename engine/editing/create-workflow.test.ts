import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { doOnce } from "#db/queries/sent-forms";
import { auditEvents, automationWorkflows, communicationTemplates, sentForms } from "#db/schema/index";
import { starters } from "#db/seed/starters/index";
import { templateRules } from "#messaging/template-rules";
import { test } from "../../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { clock, tagStep } from "../../test/support/refusal.ts";
import { archiveWorkflow } from "../archive-workflow.ts";
import { exportConfig } from "../config/export-config.ts";
import { switchOn } from "../switching.ts";
import { unarchiveWorkflow } from "../unarchive-workflow.ts";
import { createBlank, duplicateWorkflow } from "./create-workflow.ts";
import { editedOf, findDraftProblems, requireDraft } from "./draft.ts";
import { freeName } from "./free-name.ts";
import { createFromGallery, listGallery } from "./gallery.ts";
import { previewPublish } from "./preview-publish.ts";
import { publishDraft } from "./publish-draft.ts";
import { saveDraft } from "./save-draft.ts";

const by = { actorId: null };

const open = async (db: Db, id: number) => editedOf(await requireDraft(db, id));

test("a blank workflow has a name of its own, a trigger, and waits for its first step", async ({ tx }) => {
  const first = await createBlank(tx, by, clock);
  const second = await createBlank(tx, by, clock);
  expect(await open(tx, first.id)).toMatchObject({
    name: "New workflow",
    trigger: { type: "low_engagement" },
    steps: [],
  });
  const draft = await open(tx, second.id);
  expect(draft.name).toBe("New workflow 2");
  expect(await findDraftProblems(tx, second.id, draft)).toEqual([
    { path: "steps", message: "A workflow needs at least one step" },
  ]);
  expect(await tx.select().from(auditEvents)).toMatchObject([{ action: "workflow.created" }, { subjectId: second.id }]);
});

test("a copy has what is edited of it, is off, and leaves the first alone", async ({ tx }) => {
  const { id } = await createWorkflow(tx, { name: "Win back", context: { season: "Winter" } });
  const live = await open(tx, id);
  const copy = await duplicateWorkflow(tx, { id, ...by }, clock);
  expect(await open(tx, copy.id)).toEqual({ ...live, name: "Copy of Win back" });
  await saveDraft(tx, { id, revision: 1, draft: { ...live, name: "Other", steps: [tagStep(5)] }, ...by }, clock);
  const again = await duplicateWorkflow(tx, { id, ...by }, clock);
  expect(await open(tx, again.id)).toMatchObject({ name: "Copy of Other", steps: [tagStep(5)] });
  const [stored] = await tx.select().from(automationWorkflows).where(eq(automationWorkflows.id, again.id));
  expect(stored).toMatchObject({ isEnabled: false, liveVersionId: null });
  expect((await requireDraft(tx, id)).revision).toBe(2);
});

test("a name is cut to a hundred characters, and never within one", () => {
  expect(freeName("x".repeat(120), new Set())).toBe("x".repeat(100));
  expect(freeName("x".repeat(120), new Set(["x".repeat(100)]))).toBe(`${"x".repeat(98)} 2`);
  expect(freeName(`${"x".repeat(99)}💪`, new Set())).toBe("x".repeat(99));
  expect(freeName("a", new Set(["a", "a 2", "a 3"]))).toBe("a 4");
  expect(freeName("  ", new Set())).toBe("New workflow");
});

test("each entry of the gallery can be started from, with its templates, and is sound", async ({ tx }) => {
  const entries = await listGallery(tx);
  expect(entries.map(({ name }) => name)).toEqual(starters.workflows.map(({ name }) => name));
  for (const { name, triggerSummary, stepSummaries, isThere } of entries) {
    expect([triggerSummary.slice(0, 14), stepSummaries.length > 0, isThere]).toEqual(["When a member ", true, false]);
    const { id } = await createFromGallery(tx, { name, ...by, rules: templateRules }, clock);
    const draft = await open(tx, id);
    expect({ name: draft.name, problems: await findDraftProblems(tx, id, draft) }).toEqual({ name, problems: [] });
  }
  expect((await listGallery(tx)).every(({ isThere }) => isThere)).toBe(true);
  expect(await tx.$count(communicationTemplates)).toBe(starters.templates.length);
});

test("from the gallery twice is another draft, with the gym's own templates as it made them", async ({ tx }) => {
  const [{ name = "" } = {}] = starters.workflows;
  const start = { name, ...by, rules: templateRules };
  await createFromGallery(tx, start, clock);
  const before = await tx.$count(communicationTemplates);
  await tx.update(communicationTemplates).set({ title: "Our own" });
  const { id } = await createFromGallery(tx, start, clock);
  expect((await open(tx, id)).name).toBe(`${name} 2`);
  expect(await tx.$count(communicationTemplates)).toBe(before);
  expect(await tx.$count(communicationTemplates, eq(communicationTemplates.title, "Our own"))).toBe(before);
  const nothing = createFromGallery(tx, { ...start, name: "constructor" }, clock);
  await expect(nothing).rejects.toMatchObject({ code: "not_found" });
});

test("a draft is nobody's configuration yet", async ({ tx }) => {
  await createBlank(tx, by, clock);
  await createWorkflow(tx, { name: "Live" });
  const { workflows, needsAttention } = await exportConfig(tx, templateRules);
  expect([workflows, needsAttention]).toEqual([1, []]);
});

test("archiving can be undone: switched off, and under another name where somebody took it", async ({ tx }) => {
  const { id } = await createWorkflow(tx, { name: "Win back" });
  await archiveWorkflow(tx, { workflowId: id, ...by }, clock);
  await expect(duplicateWorkflow(tx, { id, ...by }, clock)).rejects.toMatchObject({ code: "not_found" });
  expect(await unarchiveWorkflow(tx, { workflowId: id, ...by }, clock)).toEqual({ name: "Win back" });
  expect(await unarchiveWorkflow(tx, { workflowId: id, ...by }, clock)).toEqual({ name: "Win back" });
  await archiveWorkflow(tx, { workflowId: id, ...by }, clock);
  await createWorkflow(tx, { name: "Win back" });
  expect(await unarchiveWorkflow(tx, { workflowId: id, ...by }, clock)).toEqual({ name: "Win back 2" });
  const [back] = await tx.select().from(automationWorkflows).where(eq(automationWorkflows.id, id));
  expect(back).toMatchObject({ isEnabled: false, archivedAt: null });
  await switchOn(tx, { workflowId: id, includeCurrent: false, ...by }, clock);
});

test("before publishing it is told what changes, who goes on as before, and whether somebody has to choose", async ({
  tx,
}) => {
  const { id } = await createWorkflow(tx);
  await createWorkflow(tx, { name: "Taken" });
  const live = await open(tx, id);
  const template = await createTemplate(tx, { name: "Absence" });
  const mail = { id: 2, action: { type: "send_email", params: { template_id: template.id } } };
  const draft = { ...live, trigger: { type: "birthday" }, steps: [...(live.steps as object[]), mail] };
  await saveDraft(tx, { id, revision: 1, draft, ...by }, clock);
  expect(await previewPublish(tx, id)).toEqual({
    revision: 2,
    isFirst: false,
    changes: [
      { of: "trigger", kind: "changed", words: expect.stringMatching(/ → When a member has a birthday$/) },
      { of: "step", kind: "added", words: "Send an email: Absence", stepId: 2 },
    ],
    problems: [],
    runs: { total: 0, byVersion: [] },
    runsInWords: "No run is going on.",
    asksForCurrent: true,
    asksForNoCooldown: false,
  });
  await tx.execute(sql`
    insert into workflow_runs (workflow_id, version_id, member_id, step_id, started_on, started_at, due_at, status)
    select w.id, w.live_version_id, m.id, 1, '2026-11-22', now(), now(), 'waiting' from automation_workflows w,
      (values (${(await createMember(tx)).id}::bigint), (${(await createMember(tx)).id}::bigint)) m (id) where w.id = ${id}`);
  expect(await previewPublish(tx, id)).toMatchObject({
    runs: { total: 2, byVersion: [{ number: 1, runs: 2 }] },
    runsInWords: "2 runs are going on. They finish on what they started on: version 1.",
  });
  await publishDraft(tx, { id, revision: 2, includeCurrent: false, ...by }, clock);
  expect(await previewPublish(tx, id)).toMatchObject({ changes: [], asksForCurrent: false, runs: { total: 2 } });
});

test("B11: a cooldown that becomes 0 is asked about, and one that was 0 is not", async ({ tx }) => {
  const { id } = await createWorkflow(tx);
  const live = await open(tx, id);
  await saveDraft(tx, { id, revision: 1, draft: { ...live, cooldownPeriodDays: 0 }, ...by }, clock);
  expect(await previewPublish(tx, id)).toMatchObject({ asksForNoCooldown: true });
  await publishDraft(tx, { id, revision: 2, includeCurrent: false, ...by }, clock);
  expect(await previewPublish(tx, id)).toMatchObject({ asksForNoCooldown: false });
});

test("B55: a form that is sent twice, or ten times at once, is done once and answered alike", async ({
  database: { db },
}) => {
  const { id: userId } = await createMember(db, { role: "admin" });
  const token = "0b8e0b60-4a51-4a7e-9f36-0d9a52a4d6a1";
  const send = (who: number, how = token) =>
    doOnce(db, { userId: who, token: how, now: clock.now }, (tx) => createBlank(tx, { actorId: who }, clock));
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(userId)));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(await send(userId)).toEqual(answers[0]);
  expect(await db.$count(automationWorkflows)).toBe(1);

  // Nobody gets another's answer, and what was refused was not done.
  const { id: other } = await createMember(db, { role: "admin" });
  expect(await send(other)).not.toEqual(answers[0]);
  const next = "7e6d1c2a-93ce-4a43-8a5c-1d2b3c4d5e6f";
  const refuse = doOnce(db, { userId, token: next, now: clock.now }, () => Promise.reject(new Error("not now")));
  await expect(refuse).rejects.toThrow("not now");
  expect(await send(userId, next)).toMatchObject({ id: expect.any(Number) });

  // Forgotten after a day.
  const tomorrow = new Date(clock.now.getTime() + 25 * 3_600_000);
  await doOnce(db, { userId, token: crypto.randomUUID(), now: tomorrow }, async () => null);
  expect(await db.$count(sentForms)).toBe(1);
  await db.execute(sql`truncate users, automation_workflows, audit_events, sent_forms cascade`);
});

test("twenty who begin at once each get a workflow and a name of their own", async ({ database: { db } }) => {
  const created = await Promise.all(Array.from({ length: 20 }, () => createBlank(db, by, clock)));
  expect(new Set(created.map(({ id }) => id)).size).toBe(20);
  const names = (await db.select({ name: automationWorkflows.name }).from(automationWorkflows)).map(({ name }) => name);
  expect(new Set(names).size).toBe(20);
  expect(names).toContain("New workflow 20");
  await db.execute(sql`truncate automation_workflows, audit_events cascade`);
});
