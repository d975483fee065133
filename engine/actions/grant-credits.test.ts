import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { creditEntries } from "#db/schema/index";
import { act, refusalsOf, startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";
import { live } from "../../test/support/journey.ts";

const clock = clockAt("2026-11-22");
const type = "grant_credits";

test("the entry says why, and the workflow's name where nothing is said", async ({ tx }) => {
  const member = await createMember(tx, { firstName: "Lea" });
  const { id: workflowId } = await createWorkflow(tx, { name: "Hundred {{ visits }}" });
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  await act(tx, batch, { type, params: { amount: 12.5 }, workflowId, clock });
  const told = { amount: 1, reason: "Well done, {{ member_first_name }}!" };
  await act(tx, batch, { type, params: told, workflowId, stepId: 2, clock });
  expect(await tx.select().from(creditEntries).orderBy(creditEntries.id)).toMatchObject([
    { memberId: member.id, amount: 12.5, reason: "Automated workflow: Hundred {{ visits }}", createdAt: clock.now },
    { memberId: member.id, amount: 1, reason: "Well done, Lea!" },
  ]);
});

test("G18: the entries add up to the steps that were done, however often a batch comes", async ({ tx }) => {
  for (let number = 0; number < 30; number++) {
    await createMember(tx, { visits: ["2026-01-01"] });
  }
  const steps = [1, 2].map((id) => ({ id, action: { type, params: { amount: 7.35 } } }));
  const { id: workflowId } = await createWorkflow(tx, { steps });
  await live(tx, clock);
  const { rows: runs } = await tx.execute<{ runId: number; memberId: number }>(
    sql`select id as "runId", member_id as "memberId" from workflow_runs`,
  );
  await act(tx, runs, { type, params: { amount: 7.35 }, workflowId, clock });
  const { rows } = await tx.execute(sql`
    select (select sum(amount) from credit_entries)::text as granted,
           (select count(*) * 7.35 from automation_logs where outcome = 'done')::text as owed`);
  expect(rows).toEqual([{ granted: "441.00", owed: "441.00" }]);
});

test("an empty batch grants nothing; a member with two runs is granted twice", async ({ tx }) => {
  const member = await createMember(tx);
  const [one, two] = [await createWorkflow(tx), await createWorkflow(tx)];
  const batch = [
    ...(await startRuns(tx, one.id, [member.id], clock)),
    ...(await startRuns(tx, two.id, [member.id], clock)),
  ];
  const step = { type, params: { amount: 5 }, workflowId: one.id, clock };
  expect(await act(tx, [], step)).toEqual([]);
  await act(tx, batch, step);
  expect(await tx.select().from(creditEntries)).toHaveLength(2);
});

test("a reason whose placeholders cannot be read fails the step for everybody, and grants nothing", async ({ tx }) => {
  const members = [await createMember(tx), await createMember(tx)];
  const { id: workflowId } = await createWorkflow(tx);
  const memberIds = members.map(({ id }) => id);
  const batch = await startRuns(tx, workflowId, memberIds, clock);
  const outcomes = await act(tx, batch, { type, params: { amount: 5, reason: "Hi {% if %}" }, workflowId, clock });
  expect(outcomes).toMatchObject([{ outcome: "failed" }, { outcome: "failed" }]);
  expect(await tx.select().from(creditEntries)).toEqual([]);
});

test.for([0, 0.99, -5, 1.234, 1e12, 10_000.01, Number.NaN, "10", null])("B31: %s credits are refused", (amount) => {
  expect(refusalsOf(type, { amount })).toEqual({
    "params.amount": expect.stringMatching(/^Amount: 1 to 10,000, at most 2 decimals/),
  });
});

test.for([1, 1.1, 19.99, 4.35, 10_000])("B31: %s credits are fine", (amount) => {
  expect(refusalsOf(type, { amount })).toEqual({});
});
