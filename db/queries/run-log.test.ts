import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { workflowRuns, workflowVersions } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { createMember, createWorkflow } from "../../test/support/factories.ts";
import { listRuns, type RunFilter } from "./run-log.ts";

const today = "2026-11-22";
const daysAgo = [0, 0, 1, 5, 9, 30, 30, 62, 63, 64, 65, 200, 200, 201].toReversed();

/** One run of another member for each of those days, the oldest first; their days by id. */
async function startRuns(tx: Tx): Promise<Map<number, string>> {
  const { id: workflowId } = await createWorkflow(tx);
  const [version] = await tx.select().from(workflowVersions).where(eq(workflowVersions.workflowId, workflowId));
  const days = new Map<number, string>();
  for (const ago of daysAgo) {
    const { id: memberId } = await createMember(tx);
    const startedOn = addDays(today, -ago);
    const startedAt = new Date(`${startedOn}T03:00:00Z`);
    const run = one(
      await tx
        .insert(workflowRuns)
        .values({ workflowId, versionId: version?.id ?? 0, memberId, startedOn, startedAt, status: "held" })
        .returning({ id: workflowRuns.id }),
    );
    days.set(run.id, startedOn);
  }
  return days;
}

async function readAll(tx: Tx, filter: RunFilter) {
  const ids: number[] = [];
  for (let beforeId: number | undefined; ; beforeId = ids.at(-1)) {
    const page = await listRuns(tx, { ...filter, beforeId, limit: 2 });
    ids.push(...page.map(({ id }) => id));
    if (page.length < 2) {
      return ids;
    }
  }
}

const midnight = (day: string | undefined) => (day ? new Date(`${day}T00:00:00Z`) : undefined);

test.for([
  [addDays(today, -1_000), addDays(today, 1)],
  [undefined, today],
  [addDays(today, -64), undefined],
  [addDays(today, -30), addDays(today, -29)],
  [undefined, addDays(today, -63)],
  [undefined, addDays(today, -201)],
  [addDays(today, -199), addDays(today, -66)],
  [today, today],
])("runs from %s until %s are all listed on pages, once each, the newest first", async ([since, until], { tx }) => {
  const days = await startRuns(tx);
  const expected = [...days].filter(([, day]) => (!since || day >= since) && (!until || day < until));
  const listed = await readAll(tx, { since: midnight(since), until: midnight(until) });
  expect(listed).toEqual(expected.map(([id]) => id).toReversed());
});

test("of days that lie otherwise than their ids, each run is listed once too", async ({ tx }) => {
  const days = await startRuns(tx);
  const [oldest = 0] = days.keys();
  await tx.execute(
    `update workflow_runs set started_on = '${today}', started_at = '${today}T03:00:00Z' where id = ${oldest}`,
  );
  const listed = await readAll(tx, { since: midnight("2020-01-01") });
  expect(listed.toSorted()).toEqual([...days.keys()].toSorted());
});

test("where there are no runs, none of a time are listed", async ({ tx }) => {
  expect(await listRuns(tx, { until: midnight(today), limit: 2 })).toEqual([]);
});
