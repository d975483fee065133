import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { recordVisits } from "#db/queries/visits";
import { automationLogs, memberTags, users, workflowRuns } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { branchStep, clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import { readClock } from "./clock.ts";
import { handleEvents } from "./handle-events.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");
const after = (minutes: number) => ({ ...clock, now: new Date(clock.now.getTime() + minutes * 60_000) });
const tag = (id: number, name: string) => ({ id, action: { type: "add_tag", params: { tag: name } } });
const away = { visits: ["2026-01-01"] };

const runs = (tx: Tx) => tx.select().from(workflowRuns).orderBy(workflowRuns.memberId);
const tags = async (tx: Tx) => (await tx.select().from(memberTags).orderBy(memberTags.tag)).map(({ tag }) => tag);

async function start(tx: Tx, steps: unknown, more: Parameters<typeof createWorkflow>[1] = {}) {
  await createWorkflow(tx, { steps, ...more });
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
}

test("a wait of hours ends after that time, and not before", async ({ tx }) => {
  await createMember(tx, away);
  await start(tx, [tag(1, "a"), { id: 2, wait: { hours: 2, minutes: 30 } }, tag(3, "b")]);
  expect(await runs(tx)).toMatchObject([{ status: "waiting", stepId: 2, dueAt: after(150).now, leaseToken: null }]);
  expect(await runDueSteps(tx, () => after(149))).toBe(0);
  expect(await tags(tx)).toEqual(["a"]);
  expect(await runDueSteps(tx, () => after(150))).toBe(2);
  expect(await tags(tx)).toEqual(["a", "b"]);
  expect(await runs(tx)).toMatchObject([{ status: "done" }]);
  const logs = await tx.select().from(automationLogs).orderBy(automationLogs.id);
  expect(logs.map(({ actionType, outcome }) => [actionType, outcome])).toEqual([
    ["add_tag", "done"],
    ["wait", "done"],
    ["add_tag", "done"],
  ]);
});

test.for([
  { name: "over a common night", startsAt: "2026-11-22T03:00:00Z", days: 3, endsAt: "2026-11-25T03:00:00Z" },
  {
    name: "over the night that is an hour short",
    startsAt: "2027-03-27T03:00:00Z",
    days: 1,
    endsAt: "2027-03-28T02:00:00Z",
  },
  {
    name: "over the night that is an hour long",
    startsAt: "2026-10-24T02:00:00Z",
    days: 1,
    endsAt: "2026-10-25T03:00:00Z",
  },
  {
    name: "into the hour that does not exist",
    startsAt: "2027-03-27T01:30:00Z",
    days: 1,
    endsAt: "2027-03-28T01:30:00Z",
  },
])("a wait of days ends at the same wall-clock time, $name", async ({ startsAt, days, endsAt }, { tx }) => {
  await createMember(tx, away);
  const begins = { ...clock, now: new Date(startsAt), today: startsAt.slice(0, 10) };
  await createWorkflow(tx, { steps: [tag(1, "a"), { id: 2, wait: { days } }] });
  await sweep(tx, begins);
  await runDueSteps(tx, () => begins);
  expect(await runs(tx)).toMatchObject([{ dueAt: new Date(endsAt) }]);
});

test("a wait that comes first is counted from the start, however late a worker comes to it", async ({ tx }) => {
  await createMember(tx, away);
  await createWorkflow(tx, { steps: [{ id: 1, wait: { hours: 5 } }, tag(2, "b")] });
  await sweep(tx, clock);
  await runDueSteps(tx, () => after(120));
  expect(await runs(tx)).toMatchObject([{ status: "waiting", dueAt: after(300).now }]);
  expect(await tx.select().from(automationLogs)).toEqual([]);
});

test("a visit ends a run that waits at once, and one that nobody told of when the wait ends", async ({ tx }) => {
  const [told, untold] = [await createMember(tx, away), await createMember(tx, away)];
  const exits = { exitWhen: [{ type: "visited_since_start", params: {} }] };
  await start(tx, [{ id: 1, wait: { days: 1 } }, tag(2, "b")], exits);
  const visit = (memberId: number) => [{ memberId, visitedAt: after(60).now, kind: "checkin" as const }];
  await recordVisits(tx, visit(told.id), after(60));
  await handleEvents(tx, after(61));
  await recordVisits(tx, visit(untold.id), after(60));
  await tx.execute(sql`update member_events set handled_at = now()`);
  expect(await runs(tx)).toMatchObject([{ status: "exited" }, { status: "waiting" }]);
  await runDueSteps(tx, () => after(24 * 60));
  expect(await runs(tx)).toMatchObject([{ status: "exited" }, { status: "exited", reason: "exited" }]);
  expect(await tags(tx)).toEqual([]);
});

test("a branch parts a batch, and both sides come together after it", async ({ tx }) => {
  const gold = await createMember(tx, { ...away, membershipLevel: "gold" });
  const basic = await createMember(tx, { ...away, membershipLevel: "basic" });
  const isGold = { type: "level_is", params: { level: "gold" } };
  await start(tx, [branchStep(1, isGold, [tag(2, "lounge")]), tag(3, "both")]);
  const rows = await tx.select().from(memberTags).orderBy(memberTags.memberId, memberTags.tag);
  expect(rows.map(({ memberId, tag }) => [memberId, tag])).toEqual([
    [gold.id, "both"],
    [gold.id, "lounge"],
    [basic.id, "both"],
  ]);
  const ways = await tx
    .select()
    .from(automationLogs)
    .where(sql`action_type = 'branch'`)
    .orderBy(automationLogs.memberId);
  expect(ways.map(({ detail }) => detail)).toEqual(["then", "else"]);
  expect(await runs(tx)).toMatchObject([{ status: "done" }, { status: "done" }]);
});

test("branches nest five deep, with waits inside", async ({ tx }) => {
  await createMember(tx, away);
  const untagged = { not: { type: "has_tag", params: { tag: "x" } } };
  const nest = (depth: number): unknown[] =>
    depth === 5
      ? [{ id: 90, wait: { hours: 1 } }, tag(91, "inside")]
      : [branchStep(depth, untagged, nest(depth + 1), [tag(depth + 50, "no")])];
  await start(tx, [...nest(1), tag(99, "after")]);
  expect(await runs(tx)).toMatchObject([{ status: "waiting", stepId: 90 }]);
  await runDueSteps(tx, () => after(60));
  expect(await tags(tx)).toEqual(["after", "inside"]);
});

test("E62: runs that are going finish on their version, new ones take the next", async ({ tx }) => {
  const first = await createMember(tx, away);
  await start(tx, [{ id: 1, wait: { hours: 1 } }, tag(2, "old")]);
  await tx.execute(sql`update automation_workflows set steps = ${JSON.stringify([tag(2, "new")])}`);
  const second = await createMember(tx, away);
  await sweep(tx, clock);
  await runDueSteps(tx, () => after(60));
  const rows = await tx.select().from(memberTags).orderBy(memberTags.memberId);
  expect(rows.map(({ memberId, tag }) => [memberId, tag])).toEqual([
    [first.id, "old"],
    [second.id, "new"],
  ]);
});

test("E63: a workflow that is off holds its runs; on again, those go on that are not too late", async ({ tx }) => {
  await createMember(tx, away);
  const late = await createMember(tx, away);
  await start(tx, [{ id: 1, wait: { hours: 1 } }, tag(2, "b")]);
  await tx.execute(sql`update workflow_runs set due_at = due_at - interval '3 days' where member_id = ${late.id}`);
  await tx.execute(sql`update automation_workflows set is_enabled = false`);
  expect(await runDueSteps(tx, () => after(60))).toBe(0);
  await tx.execute(sql`update automation_workflows set is_enabled = true`);
  await runDueSteps(tx, () => after(60));
  expect(await runs(tx)).toMatchObject([{ status: "done" }, { status: "expired", reason: "expired_too_late" }]);
});

test("E43: whoever left the audience while waiting is let go", async ({ tx }) => {
  await createMember(tx, away);
  await start(tx, [{ id: 1, wait: { hours: 1 } }, tag(2, "b")]);
  await tx.update(users).set({ status: "frozen" });
  await runDueSteps(tx, () => after(60));
  expect(await runs(tx)).toMatchObject([{ status: "exited", reason: "left_audience" }]);
});

test("E91: workflows that set each other off are stopped after five runs in a row", async ({ tx }) => {
  await createMember(tx, away);
  const names = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"];
  await createWorkflow(tx, { steps: [tag(1, "t0")] });
  for (const [index, name] of names.entries()) {
    const steps = [tag(1, names[index + 1] ?? "end")];
    await createWorkflow(tx, { trigger: { type: "tag_added", params: { tag: name } }, steps });
  }
  // Tags are given at the database's now, and so are the events that they set off.
  const live = await readClock(tx);
  await sweep(tx, live);
  for (let round = 0; round < 10; round++) {
    await runDueSteps(tx, () => live);
    await handleEvents(tx, live);
  }
  const depths = (await runs(tx)).map(({ depth, status, reason }) => ({ depth, status, reason }));
  expect(depths.sort((a, b) => a.depth - b.depth).map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(depths.at(-1)).toMatchObject({ status: "failed", reason: "loop" });
});
