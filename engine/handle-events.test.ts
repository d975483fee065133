import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { connect, withTransaction } from "#db/client";
import { recordVisits } from "#db/queries/visits";
import { memberTags, workflowRuns } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import { handleEvents } from "./handle-events.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");
const soon = { ...clock, now: new Date(clock.now.getTime() + 60_000) };

test("a visit ends the member's \"we miss you\" run at once, and nobody else's", async ({ tx }) => {
  const back = await createMember(tx, { visits: ["2026-01-01"] });
  const away = await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { exitWhen: [{ type: "visited_since_start", params: {} }] });
  await sweep(tx, clock);
  await tx.execute(sql`update workflow_runs set due_at = '2026-12-01'`);
  await recordVisits(tx, [{ memberId: back.id, visitedAt: soon.now, kind: "checkin" }], soon);
  expect(await handleEvents(tx, soon)).toEqual({ handled: 1, started: 0 });
  expect(await handleEvents(tx, soon)).toEqual({ handled: 0, started: 0 });
  expect(await tx.select().from(workflowRuns).orderBy(workflowRuns.memberId)).toMatchObject([
    { memberId: back.id, status: "exited", reason: "exited", dueAt: null },
    { memberId: away.id, status: "active" },
  ]);
});

test("a no-show, or a visit of long ago, ends nothing", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx, { exitWhen: [{ type: "visited_since_start", params: {} }] });
  await sweep(tx, clock);
  const visits = [
    { memberId: member.id, visitedAt: soon.now, kind: "no_show" as const },
    { memberId: member.id, visitedAt: new Date("2026-01-05T10:00:00Z"), kind: "checkin" as const },
  ];
  await recordVisits(tx, visits, soon);
  expect(await handleEvents(tx, soon)).toEqual({ handled: 0, started: 0 });
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "active" }]);
});

test("a visit during a step is not forgotten: the run ends as soon as it is free", async ({ database: { db } }) => {
  const member = await createMember(db, { visits: ["2026-01-01"] });
  await createWorkflow(db, { exitWhen: [{ type: "visited_since_start", params: {} }] });
  await sweep(db, clock);
  await recordVisits(db, [{ memberId: member.id, visitedAt: soon.now, kind: "checkin" }], soon);
  await withTransaction(db, async (step) => {
    await step.execute(sql`select from workflow_runs for update`);
    expect(await handleEvents(db, soon)).toEqual({ handled: 0, started: 0 });
  });
  expect(await handleEvents(db, soon)).toEqual({ handled: 1, started: 0 });
  expect(await db.select().from(workflowRuns)).toMatchObject([{ memberId: member.id, status: "exited" }]);
});

test("a start that takes longer than a statement may does not keep a visit from ending a run", async ({
  database: { db, url },
}) => {
  const member = await createMember(db, { visits: ["2026-01-01"] });
  await createWorkflow(db, { exitWhen: [{ type: "visited_since_start", params: {} }] });
  await sweep(db, clock);
  await createWorkflow(db, { trigger: { type: "tag_added", params: { tag: "slow" } } });
  await db.insert(memberTags).values({ memberId: member.id, tag: "slow" });
  await recordVisits(db, [{ memberId: member.id, visitedAt: soon.now, kind: "checkin" }], soon);
  const hasty = connect({ connectionString: url, statementTimeoutMs: 300 });
  await withTransaction(db, async (tx) => {
    // Starts ask the baselines, and wait for this lock as they would for a table that is too large.
    await tx.execute(sql`lock baselines in access exclusive mode`);
    expect(await handleEvents(hasty.db, soon)).toMatchObject({ started: 0 });
  });
  await hasty.close();
  const runs = await db.select().from(workflowRuns).where(eq(workflowRuns.memberId, member.id));
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(["exited"]));
});
