import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { connect, type Tx, withTransaction } from "#db/client";
import { automationLogs, workflowRuns } from "#db/schema/index";
import { one } from "#lib/rows";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import type { FillText } from "./define.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");

const credits = {
  id: 1,
  action: { type: "grant_credits", params: { amount: 5, reason: "For {{ member_first_name }}" } },
};
const branch = { if: { type: "has_tag", params: { tag: "vip" } }, then: [], else: [credits] };

/** A run whose credits are cut off 25 times by an error of the database's, then left in peace. Returns how it ended. */
async function cutOffAgainAndAgain(tx: Tx, code: string, steps: unknown[] = [credits]) {
  await createMember(tx);
  await createWorkflow(tx, { steps });
  await sweep(tx, clock, { noBrake: true });
  const cut = async () => {
    throw Object.assign(new Error("cut off"), { code });
  };
  const fill: FillText = async (_, { runIds }) => new Map(runIds.map((runId) => [runId, { text: "Thank you" }]));
  for (let time = 0; time < 25; time++) {
    await runDueSteps(tx, () => clock, { fillText: cut }).catch(() => {});
  }
  await runDueSteps(tx, () => clock, { fillText: fill });
  return tx.select().from(automationLogs).orderBy(automationLogs.id);
}

test("a step whose connection is cut again and again is not given up: it did not end the worker", async ({ tx }) => {
  expect(await cutOffAgainAndAgain(tx, "57P01")).toMatchObject([{ outcome: "done" }]);
});

test("a step that takes longer than a statement may, every time, is given up", async ({ tx }) => {
  const [log] = await cutOffAgainAndAgain(tx, "57014");
  expect(log).toMatchObject({ outcome: "failed", errorMessage: "The worker died several times on this step" });
});

test("a branch commits with the step that follows it: cut off there, it is decided anew, and logged once", async ({
  tx,
}) => {
  expect(await cutOffAgainAndAgain(tx, "57P01", [{ id: 2, branch }])).toMatchObject([
    { stepId: 2, actionType: "branch", outcome: "done", detail: "else" },
    { stepId: 1, actionType: "grant_credits", outcome: "done" },
  ]);
});

test("what follows a branch and is given up leaves the branch's own outcome alone", async ({ tx }) => {
  expect(await cutOffAgainAndAgain(tx, "57014", [{ id: 2, branch }])).toMatchObject([
    { stepId: 2, outcome: "done" },
    { stepId: 1, outcome: "failed" },
  ]);
});

test("a wait that has not begun is not given up: what follows it comes no sooner", async ({ tx }) => {
  await createMember(tx);
  await createWorkflow(tx, { steps: [{ id: 3, wait: { days: 3 } }, credits] });
  await sweep(tx, clock, { noBrake: true });
  await tx.update(workflowRuns).set({ attempts: 20 });
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(workflowRuns)).toMatchObject([
    { status: "waiting", stepId: 3, dueAt: new Date(clock.now.getTime() + 3 * 86_400_000) },
  ]);
  expect(await tx.select().from(automationLogs)).toEqual([]);
});

test("E96: a branch whose condition takes longer than a statement may, every time, ends its run as failed", async ({
  database: { db, url },
}) => {
  const { member, run } = await withTransaction(db, async (tx) => {
    const member = await createMember(tx);
    await createWorkflow(tx, { steps: [{ id: 2, branch }] });
    await sweep(tx, clock, { noBrake: true });
    return { member, run: one(await tx.select().from(workflowRuns)) };
  });
  const hasty = connect({ connectionString: url, statementTimeoutMs: 300 });
  try {
    await withTransaction(db, async (tx) => {
      // The condition waits for this lock, as it would for a table that has become too large to be asked in time.
      await tx.execute(sql`lock member_tags in access exclusive mode`);
      await expect(runDueSteps(hasty.db, () => clock)).rejects.toThrow();
      await db.update(workflowRuns).set({ attempts: 19 });
      await expect(runDueSteps(hasty.db, () => clock)).rejects.toThrow();
      expect(await runDueSteps(hasty.db, () => clock)).toBe(1);
    });
  } finally {
    await hasty.close();
  }
  expect(await db.select().from(workflowRuns)).toMatchObject([{ id: run.id, status: "failed", reason: "gave_up" }]);
  expect(await db.select().from(automationLogs)).toMatchObject([
    { memberId: member.id, stepId: 2, actionType: "branch", outcome: "failed", attempt: 21 },
  ]);
});
