import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { sweptDays, workflowRuns } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";
import { archiveWorkflow } from "../archive-workflow.ts";
import { createBlank } from "./create-workflow.ts";
import { saveDraft } from "./save-draft.ts";
import { listWorkflows } from "./workflow-list.ts";

const clock = clockAt("2026-11-22");

/** Runs that began so many days ago, each as it is now. */
async function createRuns(
  db: Db,
  workflowId: number,
  runs: [daysAgo: number, run: Partial<typeof workflowRuns.$inferInsert>][],
) {
  for (const [daysAgo, run] of runs) {
    const { id: memberId } = await createMember(db);
    const started = clockAt(addDays(clock.today, -daysAgo));
    const [{ runId = 0 } = {}] = await startRuns(db, workflowId, [memberId], started);
    await db.update(workflowRuns).set(run).where(eq(workflowRuns.id, runId));
  }
}

const ended = { endedAt: clock.now, dueAt: null };

test("what each workflow did in 30 days, with one day after the other", async ({ tx }) => {
  const { id } = await createWorkflow(tx, { name: "Win back" });
  await createWorkflow(tx, { name: "Idle", isEnabled: false });
  await createRuns(tx, id, [
    [0, { status: "waiting" }],
    [0, { ...ended, status: "done" }],
    [3, { ...ended, status: "exited" }],
    [29, { ...ended, status: "done" }],
    [30, { ...ended, status: "done" }],
    [40, { status: "waiting" }],
    [1, { status: "held", dueAt: null }],
    [1, { ...ended, status: "cancelled", reason: "discarded" }],
    [1, { ...ended, status: "expired", reason: "expired_too_late", origin: "missed" }],
  ]);
  await tx.insert(sweptDays).values([
    { workflowId: id, sweptOn: "2026-11-20", finishedAt: clock.now, counts: { matched: 9, problems: 0 } },
    {
      workflowId: id,
      sweptOn: "2026-11-21",
      finishedAt: clock.now,
      counts: { matched: 5, started: 2, held: 1, problems: 3 },
    },
  ]);
  const { workflows, counts } = await listWorkflows(tx, {}, clock);
  expect(workflows.map(({ name }) => name)).toEqual(["Win back", "Idle"]);
  expect(workflows[0]).toMatchObject({
    ...{ started: 4, done: 2, ended: 3, active: 2, held: 1, isNew: false, hasDraft: false },
    triggerSummary: "When a member has not come for 30 days",
    stepSummaries: ["Add a tag"],
    lastSweep: { at: clock.now.toISOString(), matched: 5, started: 2, held: 1, problems: 3 },
  });
  expect(workflows[0]?.startedByDay).toEqual([1, ...Array(25).fill(0), 1, 0, 0, 2]);
  expect(workflows[1]).toMatchObject({ started: 0, active: 0, startedByDay: Array(30).fill(0), lastSweep: null });
  expect(counts).toEqual({ on: 1, off: 1, draft: 0, attention: 1, archived: 0 });
});

test("it is found by what it is called, what it says and when it starts, and by its state", async ({ tx }) => {
  const edit = (id: number, revision: number, name: string) => {
    const draft = {
      description: "",
      cooldownPeriodDays: 7,
      trigger: { type: "birthday" },
      steps: [],
      context: {},
      exitWhen: [],
    };
    return saveDraft(tx, { id, revision, draft: { ...draft, name }, actorId: null }, clock);
  };
  const blank = await createBlank(tx, { actorId: null }, clock);
  await edit(blank.id, 1, "Cake");
  const changed = await createWorkflow(tx, { name: "25 visits", description: "A 100 % present", isEnabled: false });
  await edit(changed.id, 1, "Not yet its name");
  await createWorkflow(tx, { name: "100 visits", steps: [] });
  const gone = await createWorkflow(tx, { name: "Gone" });
  await archiveWorkflow(tx, { workflowId: gone.id, actorId: null }, clock);

  const find = async (filter: Parameters<typeof listWorkflows>[1]) =>
    (await listWorkflows(tx, filter, clock)).workflows.map(({ name }) => name);
  expect(await find({})).toEqual(["100 visits", "25 visits", "Cake"]);
  expect(await find({ text: " VISITS " })).toEqual(["100 visits", "25 visits"]);
  expect(await find({ text: "a birthday" })).toEqual(["Cake"]);
  expect(await find({ text: "100 %" })).toEqual(["25 visits"]);
  expect(await find({ text: "_" })).toEqual([]);
  expect(await find({ state: "on" })).toEqual(["100 visits"]);
  expect(await find({ state: "off" })).toEqual(["25 visits"]);
  expect(await find({ state: "draft" })).toEqual(["25 visits", "Cake"]);
  expect(await find({ state: "attention" })).toEqual(["100 visits"]);
  expect(await find({ state: "archived", text: "gone" })).toEqual(["Gone"]);
  const { workflows, counts } = await listWorkflows(tx, { text: "nothing at all" }, clock);
  expect([workflows, counts]).toEqual([[], { on: 1, off: 1, draft: 2, attention: 1, archived: 1 }]);
  expect((await listWorkflows(tx, { text: "cake" }, clock)).workflows).toMatchObject([
    { isNew: true, triggerLabel: "Has a birthday", problems: ["A workflow needs at least one step"] },
  ]);
});
