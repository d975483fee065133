import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { auditEvents, automationWorkflows, baselines, workflowVersions } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { createMember, createWorkflow } from "../../test/support/factories.ts";
import { clock, tagStep } from "../../test/support/refusal.ts";
import { sweep } from "../sweep.ts";
import { switchOn } from "../switching.ts";
import { createBlank } from "./create-workflow.ts";
import type { Draft } from "./draft.ts";
import { readEditable } from "./editable.ts";
import { publishDraft } from "./publish-draft.ts";
import { discardDraft, restoreVersion } from "./replace-draft.ts";
import { saveDraft } from "./save-draft.ts";

const sound: Draft = {
  name: "Win back",
  description: "",
  cooldownPeriodDays: 7,
  trigger: { type: "birthday", params: {} },
  steps: [tagStep(1)],
  context: {},
  exitWhen: [],
};

const later = (minutes: number) => ({ ...clock, now: new Date(clock.now.getTime() + minutes * 60_000) });

async function find(db: Db, id: number) {
  const [workflow] = await db.select().from(automationWorkflows).where(eq(automationWorkflows.id, id));
  return workflow;
}

const save = (db: Db, id: number, revision: number, draft: Partial<Draft> = {}, actorId: number | null = null) =>
  saveDraft(db, { id, revision, draft: { ...sound, ...draft }, actorId }, clock);

const publish = (db: Db, id: number, revision: number, includeCurrent = false) =>
  publishDraft(db, { id, revision, includeCurrent, actorId: null }, clock);

test("a draft leaves what is live alone, until it is published", async ({ tx }) => {
  const { id } = await createWorkflow(tx, { name: "Live" });
  const before = await find(tx, id);
  expect(await save(tx, id, 1, { name: "Later" })).toEqual({ status: "saved", revision: 2, problems: [] });
  expect(await find(tx, id)).toMatchObject({
    name: "Live",
    trigger: before?.trigger,
    liveVersionId: before?.liveVersionId,
  });
  expect(await readEditable(tx, id)).toMatchObject({
    hasDraft: true,
    draft: { name: "Later" },
    live: { name: "Live" },
  });

  expect(await publish(tx, id, 2)).toEqual({ status: "published", revision: 3, requestId: null });
  expect(await find(tx, id)).toMatchObject({ ...sound, name: "Later", draft: null, isEnabled: true });
  expect(await readEditable(tx, id)).toMatchObject({ hasDraft: false, version: 2, problems: [], lastStepId: 1 });
  expect(await tx.select().from(workflowVersions)).toHaveLength(2);
});

test("a draft may be unfinished: what is wrong is told with each save, all at once", async ({ tx }) => {
  const { id } = await createWorkflow(tx);
  await createWorkflow(tx, { name: "Taken" });
  const saved = await save(tx, id, 1, {
    name: " Taken ",
    steps: [{ id: 1, wait: {} }],
    trigger: { type: "full_moon" },
  });
  expect(saved).toMatchObject({
    status: "saved",
    problems: [
      { path: "name", message: 'Name: there is a workflow called "Taken" already' },
      { path: "trigger.type" },
      { path: "steps.0.wait" },
    ],
  });
  const empty = await save(tx, id, 2, { name: "", cooldownPeriodDays: null, steps: [] });
  expect(empty).toMatchObject({
    problems: [
      { message: "Name: give 1 to 100 characters (you gave 0)" },
      { message: "Cooldown: a whole number of days from 0 to 3650 (you gave null)" },
      { message: "A workflow needs at least one step" },
    ],
  });
});

test("publishing what has problems is refused with all of them, and changes nothing", async ({ tx }) => {
  const { id } = await createWorkflow(tx);
  await save(tx, id, 1, { name: "", steps: [tagStep(1), tagStep(1)], trigger: { type: "full_moon" } });
  const before = await find(tx, id);
  await expect(publish(tx, id, 2)).rejects.toMatchObject({
    status: 422,
    fields: {
      name: "Name: give 1 to 100 characters (you gave 0)",
      "trigger.type": expect.stringContaining("'full_moon' is unknown"),
      "steps.1.id": expect.stringContaining("used twice"),
    },
  });
  expect(await find(tx, id)).toEqual(before);
});

test("B13: who saves upon another's save is told whose it is and how old, with what they have", async ({ tx }) => {
  const rico = await createMember(tx, { role: "admin", firstName: "Rico", lastName: "Frei" });
  const mara = await createMember(tx, { role: "admin", firstName: "Mara", lastName: "Keller" });
  const { id } = await createWorkflow(tx);
  await save(tx, id, 1, { name: "His" }, rico.id);
  const mine = { id, revision: 1, draft: { ...sound, name: "Mine" }, actorId: mara.id };
  const refused = await saveDraft(tx, mine, later(2));
  expect(refused).toEqual({
    status: "conflict",
    conflict: {
      message: 'Rico Frei changed "His" 2 minutes ago. Your text is kept.',
      editor: "Rico Frei",
      editedAt: clock.now.toISOString(),
      revision: 2,
      theirs: { ...sound, name: "His" },
      isDraft: true,
    },
  });
  expect(await find(tx, id)).toMatchObject({ revision: 2, draft: { name: "His" } });

  // Keeping one's own is saving upon theirs, and theirs is not lost.
  expect(await saveDraft(tx, { ...mine, revision: 2 }, later(3))).toMatchObject({ status: "saved", revision: 3 });
  expect(await tx.select().from(auditEvents)).toMatchObject([
    { action: "workflow.draft_replaced", actorId: mara.id, before: { ...sound, name: "His" } },
  ]);
  expect(await publishDraft(tx, { id, revision: 2, includeCurrent: false, actorId: rico.id }, later(4))).toMatchObject({
    status: "conflict",
    conflict: { editor: "Mara Keller", theirs: { name: "Mine" } },
  });
});

test("switching on or off between two saves is no conflict, and nobody is taken for the editor", async ({ tx }) => {
  const rico = await createMember(tx, { role: "admin", firstName: "Rico", lastName: "Frei" });
  const { id } = await createWorkflow(tx, { isEnabled: false });
  await save(tx, id, 1);
  await switchOn(tx, { workflowId: id, includeCurrent: false, actorId: rico.id }, clock);
  expect(await save(tx, id, 2)).toMatchObject({ status: "saved", revision: 3 });
  expect(await save(tx, id, 2)).toMatchObject({ conflict: { editor: null } });
});

const nest = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

const unstorable: [string, Partial<Draft>, object][] = [
  ["B2: NUL in the name", { name: "a\0" }, { code: "invalid", fields: { name: expect.stringContaining("U+0000") } }],
  ["B2: half a character further down", { context: { a: "\ud800" } }, { code: "invalid" }],
  [
    "B14: lists nested 10,000 deep",
    { steps: nest(10_000) },
    { code: "invalid", fields: { steps: expect.stringContaining("Too large") } },
  ],
  ["B14: objects within objects", { exitWhen: nest(100) }, { code: "invalid" }],
  ["B14: a text of 5 MB", { description: "x".repeat(5e6) }, { code: "too_large", status: 413 }],
  ["B14: a field called __proto__", { context: JSON.parse('{"__proto__":{"polluted":1}}') }, { code: "invalid" }],
];

test.for(unstorable)("%s cannot stand in a draft", async ([, draft, refusal], { tx }) => {
  const { id } = await createWorkflow(tx);
  const before = await find(tx, id);
  await expect(save(tx, id, 1, draft)).rejects.toMatchObject(refusal);
  expect(await find(tx, id)).toEqual(before);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test("a workflow that was never published has no version, is off, and cannot be on", async ({ tx }) => {
  const { id } = await createBlank(tx, { actorId: null }, clock);
  expect(await find(tx, id)).toMatchObject({ liveVersionId: null, isEnabled: false, trigger: {}, steps: [] });
  expect(await readEditable(tx, id)).toMatchObject({ live: null, version: null, hasDraft: true, lastStepId: 0 });
  await expect(switchOn(tx, { workflowId: id, includeCurrent: true, actorId: null }, clock)).rejects.toMatchObject({
    code: "conflict",
    message: '"New workflow" was never published. Publish it first.',
  });
  await expect(discardDraft(tx, { id, revision: 1, actorId: null }, clock)).rejects.toMatchObject({ code: "conflict" });
  expect(await sweep(tx, clock)).toEqual([]);

  await save(tx, id, 1);
  expect(await publish(tx, id, 2)).toMatchObject({ status: "published" });
  expect(await find(tx, id)).toMatchObject({ ...sound, isEnabled: false, liveVersionId: expect.any(Number) });
  expect(await tx.select().from(workflowVersions)).toMatchObject([{ number: 1, steps: sound.steps }]);
  await switchOn(tx, { workflowId: id, includeCurrent: true, actorId: null }, clock);
  expect(await sweep(tx, clock)).toMatchObject([{ id, needsAttention: [] }]);
});

test("the database itself keeps off what was never published", async ({ tx }) => {
  const { id } = await createBlank(tx, { actorId: null }, clock);
  const force = tx.update(automationWorkflows).set({ isEnabled: true }).where(eq(automationWorkflows.id, id));
  await expect(force).rejects.toMatchObject({ cause: { constraint: "automation_workflows_on_is_published" } });
});

test("publishing another trigger of a workflow that is on leaves out those who match, unless they are included", async ({
  tx,
}) => {
  const { id } = await createWorkflow(tx);
  await createMember(tx, { birthDate: "1990-11-22" });
  await save(tx, id, 1);
  expect(await publish(tx, id, 2)).toMatchObject({ requestId: null });
  expect(await tx.select().from(baselines)).toHaveLength(1);
  await save(tx, id, 3, { trigger: { type: "low_engagement", params: { inactive_days: 20 } } });
  expect(await publish(tx, id, 4, true)).toMatchObject({ requestId: expect.any(Number) });
  expect(await tx.select().from(baselines)).toEqual([]);
});

test("discarding goes back to what is live, and keeps what was written", async ({ tx }) => {
  const { id } = await createWorkflow(tx, { name: "Live" });
  await save(tx, id, 1, { name: "Never mind" });
  expect(await discardDraft(tx, { id, revision: 1, actorId: null }, clock)).toMatchObject({ status: "conflict" });
  expect(await discardDraft(tx, { id, revision: 2, actorId: null }, clock)).toMatchObject({
    status: "saved",
    revision: 3,
    draft: { name: "Live" },
    problems: [],
  });
  expect(await tx.select().from(auditEvents)).toMatchObject([
    { action: "workflow.draft_discarded", before: { name: "Never mind" } },
  ]);
  await expect(publish(tx, id, 3)).rejects.toMatchObject({
    code: "conflict",
    message: '"Live" has no changes to publish.',
  });
});

test("an earlier version comes back as a draft", async ({ tx }) => {
  const { id } = await createWorkflow(tx, { isEnabled: false });
  const first = await find(tx, id);
  await save(tx, id, 1, { name: "Second", cooldownPeriodDays: 90 });
  await publish(tx, id, 2);
  const restored = await restoreVersion(tx, { id, version: 1, revision: 3, actorId: null }, clock);
  const { trigger, steps } = first ?? {};
  expect(restored).toMatchObject({
    status: "saved",
    draft: { name: "Second", cooldownPeriodDays: 90, trigger, steps },
  });
  expect(await find(tx, id)).toMatchObject({ trigger: sound.trigger, draft: { trigger, steps } });
  const none = restoreVersion(tx, { id, version: 9, revision: 4, actorId: null }, clock);
  await expect(none).rejects.toMatchObject({ code: "not_found" });
});

test("what was archived meanwhile cannot be saved to, and says so", async ({ tx }) => {
  const { id } = await createWorkflow(tx, { name: "Gone", isEnabled: false, archivedAt: clock.now });
  await expect(save(tx, id, 1)).rejects.toMatchObject({ code: "not_found", message: /^"Gone" was archived/ });
  await expect(save(tx, 999_999, 1)).rejects.toMatchObject({ code: "not_found" });
});

test("of ten who publish at once one does, and the others are told who was faster", async ({ database: { db } }) => {
  const { id } = await createWorkflow(db, { isEnabled: false });
  await save(db, id, 1, { name: "Next" });
  const published = await Promise.all(Array.from({ length: 10 }, () => publish(db, id, 2)));
  expect(published.filter(({ status }) => status === "published")).toHaveLength(1);
  expect(published.filter(({ status }) => status === "conflict")).toHaveLength(9);
  expect(await find(db, id)).toMatchObject({ name: "Next", revision: 3, draft: null });
  expect(await db.select().from(workflowVersions)).toHaveLength(2);
  await db.execute(sql`truncate automation_workflows, audit_events cascade`);
});

test("G16: of 200 saves of 20 workflows, ten at once upon each, one each wins and 180 are told so", async ({
  database: { db },
}) => {
  const ids: number[] = [];
  for (let index = 0; index < 20; index++) {
    ids.push((await createWorkflow(db, { isEnabled: false })).id);
  }
  const attempts = Array.from({ length: 200 }, (_, index) => ({ id: ids[index % 20] ?? 0, name: `Save ${index}` }));
  const saves = await Promise.all(
    attempts.map(async ({ id, name }) => ({ id, name, saved: await save(db, id, 1, { name }) })),
  );

  const won = saves.filter(({ saved }) => saved.status === "saved");
  const lost = saves.flatMap(({ id, saved }) => (saved.status === "conflict" ? [{ id, ...saved.conflict }] : []));
  expect([won.length, lost.length]).toEqual([20, 180]);
  expect(new Set(won.map(({ id }) => id)).size).toBe(20);
  const winner = new Map(won.map(({ id, name }) => [id, name]));
  for (const { id, revision, theirs, message } of lost) {
    expect({ revision, theirs: theirs.name }).toEqual({ revision: 2, theirs: winner.get(id) });
    expect(message).toBe(`Somebody changed "${winner.get(id)}" just now. Your text is kept.`);
  }
  const stored = await db.select().from(automationWorkflows);
  expect(stored.map(({ id, revision, draft }) => ({ id, revision, name: (draft as Draft).name }))).toEqual(
    expect.arrayContaining(ids.map((id) => ({ id, revision: 2, name: winner.get(id) }))),
  );
  await db.execute(sql`truncate automation_workflows, audit_events cascade`);
});
