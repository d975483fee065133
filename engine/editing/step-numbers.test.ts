import { expect } from "vitest";
import { automationLogs } from "#db/schema/index";
import { startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";
import { readStepNumbers } from "./step-numbers.ts";

const clock = clockAt("2026-11-22");

type Log = Partial<typeof automationLogs.$inferInsert> & { outcome: "done" | "queued" | "skipped" | "failed" };

const log = (workflowId: number, stepId: number, { outcome, ...given }: Log) => ({
  ...{ workflowId, stepId, runId: 1, memberId: 1, actionType: "add_tag", executedAt: clock.now },
  ...{ outcome, success: outcome === "done", ...given },
});

test("each step says how many are at it, and how it ended in 30 gym days", async ({ tx }) => {
  const { id } = await createWorkflow(tx);
  const other = await createWorkflow(tx);
  const members = [await createMember(tx), await createMember(tx)];
  await startRuns(
    tx,
    id,
    members.map(({ id }) => id),
    clock,
  );
  await tx.insert(automationLogs).values([
    log(id, 1, { outcome: "done" }),
    log(id, 1, { outcome: "done" }),
    // The first minute of the gym's 30 days, and the last before it.
    log(id, 1, { outcome: "failed", executedAt: new Date("2026-10-23T22:00:01Z") }),
    log(id, 1, { outcome: "failed", executedAt: new Date("2026-10-23T21:59:59Z") }),
    log(id, 2, { outcome: "queued" }),
    log(id, 2, { outcome: "skipped", reason: "no_consent" }),
    log(id, 2, { outcome: "skipped", reason: "no_consent" }),
    log(id, 2, { outcome: "skipped", reason: "frequency_cap" }),
    log(other.id, 2, { outcome: "failed" }),
  ]);
  expect(await readStepNumbers(tx, id, clock)).toEqual({
    steps: {
      1: { waiting: 2, done: 2, queued: 0, skipped: {}, failed: 1 },
      2: {
        ...{ waiting: 0, done: 0, queued: 1, failed: 0 },
        skipped: { "Has not agreed to messages of this kind": 2, "Had enough messages already these days": 1 },
      },
    },
    since: "2026-10-23T22:00:00.000Z",
    isCut: false,
  });
});

test("where there are too many to count, the newest are, and it says since when", async ({ tx }) => {
  const { id } = await createWorkflow(tx);
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 21, hour));
  await tx
    .insert(automationLogs)
    .values([1, 2, 3, 4].map((hour) => log(id, 1, { outcome: "done", executedAt: at(hour) })));
  expect(await readStepNumbers(tx, id, clock, 2)).toMatchObject({
    steps: { 1: { done: 2 } },
    since: at(3).toISOString(),
    isCut: true,
  });
});
