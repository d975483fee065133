import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { auditEvents, automationLogs, communicationLogs, memberTags, workflowRuns } from "#db/schema/index";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import { runDueSteps } from "../run-due-steps.ts";
import { sweep } from "../sweep.ts";
import { cancelRun, resumeRun } from "./runs.ts";

const clock = clockAt("2026-11-22");
const nextDay = { ...clockAt("2026-11-23"), now: new Date(clock.now.getTime() + 26 * 3_600_000) };

/** Somebody whose email waits to go out, and who then waits for a day. */
async function startOne(tx: Db) {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  const admin = await createMember(tx, { role: "admin" });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [
      { id: 1, action: { type: "send_email", params: { template_id: template.id } } },
      { id: 2, wait: { days: 1 } },
      { id: 3, action: { type: "add_tag", params: { tag: "late" } } },
    ],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const run = one(await tx.select().from(workflowRuns));
  return { byHand: { runId: run.id, actorId: admin.id }, member };
}

const runOf = async (tx: Db) => one(await tx.select().from(workflowRuns));

test("a run that is cancelled does nothing more, and what it was about to send stays here", async ({ tx }) => {
  const { byHand } = await startOne(tx);
  expect(await cancelRun(tx, byHand, clock)).toBe(true);
  expect(await cancelRun(tx, byHand, clock)).toBe(false);
  expect(await runOf(tx)).toMatchObject({ status: "cancelled", reason: "stopped_by_hand", dueAt: null });
  const { provider, taken } = createMailbox();
  await deliver(tx, clock, provider);
  await runDueSteps(tx, () => nextDay);
  expect(taken()).toEqual([]);
  expect(await tx.select().from(memberTags)).toEqual([]);
  expect(await tx.select().from(communicationLogs)).toMatchObject([{ status: "cancelled", reason: "stopped_by_hand" }]);
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "skipped", reason: "stopped_by_hand" }]);
  expect(await tx.select().from(auditEvents).where(eq(auditEvents.action, "run.cancelled"))).toMatchObject([
    { actorId: byHand.actorId, subjectId: byHand.runId, before: { status: "waiting" } },
  ]);
});

test("a run that could not go on does so where it stood, and repeats nothing", async ({ tx }) => {
  const { byHand } = await startOne(tx);
  await tx
    .update(workflowRuns)
    .set({ stepId: 3, dueAt: null, status: "failed", reason: "gave_up", endedAt: clock.now });
  expect(await resumeRun(tx, byHand, nextDay)).toBe(true);
  expect(await resumeRun(tx, byHand, nextDay)).toBe(false);
  await runDueSteps(tx, () => nextDay);
  expect(await runOf(tx)).toMatchObject({ status: "done", reason: null });
  expect(await tx.select().from(communicationLogs)).toHaveLength(1);
  expect(await tx.select().from(memberTags)).toMatchObject([{ tag: "late" }]);
});

test("a run that ended otherwise, or beside which another goes on, stays as it is", async ({ tx }) => {
  const { byHand } = await startOne(tx);
  for (const status of ["done", "exited", "cancelled", "expired"] as const) {
    await tx.update(workflowRuns).set({ status, dueAt: null, reason: "gave_up", endedAt: clock.now });
    expect(await resumeRun(tx, byHand, nextDay)).toBe(false);
    expect(await cancelRun(tx, byHand, nextDay)).toBe(false);
  }
  await tx.update(workflowRuns).set({ status: "failed", reason: "gave_up" });
  const { id: _id, ...failed } = await runOf(tx);
  await tx.insert(workflowRuns).values({ ...failed, status: "active", reason: null, endedAt: null, dueAt: clock.now });
  expect(await resumeRun(tx, byHand, nextDay)).toBe(false);
});
