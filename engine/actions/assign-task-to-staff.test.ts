import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { gymSettings, staffTasks, users } from "#db/schema/index";
import { act, refusalsOf, startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";

const clock = clockAt("2026-11-22");
const type = "assign_task_to_staff";
const createStaff = (tx: Tx, staff: Parameters<typeof createMember>[1] = {}) =>
  createMember(tx, { role: "staff", ...staff });
const step = (workflowId: number, params: Record<string, unknown> = {}, stepId = 1) => ({
  type,
  params,
  workflowId,
  stepId,
  clock,
});
const listTasks = (tx: Tx) => tx.select().from(staffTasks).orderBy(staffTasks.id);
const noAssignee = [{ outcome: "skipped", reason: "no_assignee" }];

test("the member's trainer gets a task with a name, a day and a priority, once", async ({ tx }) => {
  const trainer = await createStaff(tx);
  const member = await createMember(tx, { firstName: "Lea", lastName: "Moser", primaryTrainerId: trainer.id });
  const { id: workflowId } = await createWorkflow(tx);
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  expect(await act(tx, batch, step(workflowId))).toMatchObject([{ outcome: "done" }]);
  const first = await listTasks(tx);
  expect(await act(tx, batch, step(workflowId))).toMatchObject([{ outcome: "done" }]);
  expect(first).toMatchObject([
    {
      assigneeId: trainer.id,
      relatedMemberId: member.id,
      description: "Follow up with Lea Moser",
      dueDate: "2026-11-25",
      priority: "medium",
      status: "pending",
      note: null,
      createdAt: clock.now,
    },
  ]);
  expect(await listTasks(tx)).toEqual(first);
});

test.for([
  [{ firstName: "Lea", lastName: "" }, "Follow up with Lea"],
  [{ firstName: "", lastName: "Moser" }, "Follow up with Moser"],
  [{ firstName: "", lastName: "", email: "a@example.com" }, "Follow up with a@example.com"],
  [{ firstName: "", lastName: "", email: null }, "Follow up with a member without a name"],
  [{ firstName: "{{ gym_name }}", lastName: "<b>" }, "Follow up with {{ gym_name }} <b>"],
] as const)("a task about %j says: %s", async ([names, description], { tx }) => {
  const trainer = await createStaff(tx);
  const member = await createMember(tx, { ...names, primaryTrainerId: trainer.id });
  const { id: workflowId } = await createWorkflow(tx);
  await act(tx, await startRuns(tx, workflowId, [member.id], clock), step(workflowId));
  expect(await listTasks(tx)).toMatchObject([{ description }]);
});

test("a description says what the run, the workflow and the step know, in a branch, too", async ({ tx }) => {
  const trainer = await createStaff(tx);
  const member = await createMember(tx, { primaryTrainerId: trainer.id });
  const action = { type, params: {} };
  const inBranch = { id: 7, action, context: { place: "the pool" } };
  const { id: workflowId } = await createWorkflow(tx, {
    context: { place: "the hall", what: "Meet" },
    steps: [{ id: 1, branch: { if: { type: "visited_since_start" }, then: [], else: [inBranch] } }],
  });
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  const description = "{{ what }} {{ member_first_name }} at {{ place }}{{ last_visit_on }}";
  await act(tx, batch, step(workflowId, { description }, 7));
  expect(await listTasks(tx)).toMatchObject([{ description: "Meet Ada at the pool" }]);
});

const leave: Record<string, Partial<typeof users.$inferInsert>> = {
  left: { archivedAt: clock.now },
  "is away today": { absentUntil: "2026-11-22" },
  "is no staff": { role: "member" },
};

test.for(Object.entries(leave))("E85: a trainer who %s is passed over", async ([, change], { tx }) => {
  const [trainer, desk] = [await createStaff(tx), await createStaff(tx, { role: "admin" })];
  const member = await createMember(tx, { primaryTrainerId: trainer.id });
  const { id: workflowId } = await createWorkflow(tx);
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  await tx.update(users).set(change).where(eq(users.id, trainer.id));
  expect(await act(tx, batch, step(workflowId))).toMatchObject(noAssignee);
  await tx.update(gymSettings).set({ defaultAssigneeId: desk.id });
  expect(await act(tx, batch, step(workflowId))).toMatchObject([{ outcome: "done" }]);
  expect(await listTasks(tx)).toMatchObject([{ assigneeId: desk.id }]);
});

test.for(Object.entries(leave))("E85: a default assignee who %s is passed over, too", async ([, change], { tx }) => {
  const desk = await createStaff(tx, change);
  const member = await createMember(tx);
  await tx.update(gymSettings).set({ defaultAssigneeId: desk.id });
  const { id: workflowId } = await createWorkflow(tx);
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  const rules = [{}, { assignee_rule: "round_robin" }, { assignee_rule: "specific_staff_id", staff_id: desk.id }];
  for (const params of rules) {
    expect(await act(tx, batch, step(workflowId, params))).toMatchObject(noAssignee);
  }
  expect(await listTasks(tx)).toEqual([]);
});

test("E85: who was away until yesterday is there again", async ({ tx }) => {
  const person = await createStaff(tx, { absentUntil: "2026-11-21" });
  const member = await createMember(tx);
  const { id: workflowId } = await createWorkflow(tx);
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  const params = { assignee_rule: "specific_staff_id", staff_id: person.id, due_date_offset_days: 0, priority: "high" };
  expect(await act(tx, batch, step(workflowId, params))).toMatchObject([{ outcome: "done" }]);
  expect(await listTasks(tx)).toMatchObject([{ assigneeId: person.id, dueDate: "2026-11-22", priority: "high" }]);
});

test("E87: the same task that is open already gets a line instead of a second one", async ({ tx }) => {
  const [first, second] = [await createStaff(tx), await createStaff(tx)];
  const member = await createMember(tx, { primaryTrainerId: first.id });
  const [one, two] = [await createWorkflow(tx, { name: "One" }), await createWorkflow(tx, { name: "Two" })];
  const params = { description: "Call" };
  const ofOne = await startRuns(tx, one.id, [member.id], clock);
  const ofTwo = await startRuns(tx, two.id, [member.id], clock);
  await act(tx, ofOne, step(one.id, params));
  // The same member, assignee and description from elsewhere; twice, and it is said once.
  expect(await act(tx, ofTwo, step(two.id, params))).toMatchObject([{ outcome: "done" }]);
  expect(await act(tx, ofTwo, step(two.id, params))).toMatchObject([{ outcome: "done" }]);
  const line = (name: string) => `2026-11-22: asked for again by the workflow “${name}”`;
  expect(await listTasks(tx)).toMatchObject([{ assigneeId: first.id, note: line("Two") }]);

  // The same step of the same workflow, whoever is the trainer now.
  await tx.update(users).set({ primaryTrainerId: second.id }).where(eq(users.id, member.id));
  await tx.execute("update workflow_runs set status = 'done', due_at = null, ended_at = now()");
  const again = await startRuns(tx, one.id, [member.id], clock);
  expect(await act(tx, again, step(one.id, params))).toMatchObject([{ outcome: "done" }]);
  expect(await listTasks(tx)).toMatchObject([{ note: `${line("Two")}\n${line("One")}` }]);

  // Another description, or the first task done: a task of its own.
  await act(tx, again, step(one.id, { description: "Write" }, 2));
  await tx.update(staffTasks).set({ status: "completed", completedAt: clock.now });
  await act(tx, ofTwo, step(two.id, params));
  expect(await listTasks(tx)).toHaveLength(3);
});

test("an empty batch does nothing; a member who is in it twice gets one task", async ({ tx }) => {
  await createStaff(tx);
  const [member, other] = [await createMember(tx), await createMember(tx)];
  const [one, two] = [await createWorkflow(tx), await createWorkflow(tx)];
  const batch = [
    ...(await startRuns(tx, one.id, [member.id, other.id], clock)),
    ...(await startRuns(tx, two.id, [member.id], clock)),
  ];
  const params = { assignee_rule: "round_robin" };
  expect(await act(tx, [], step(one.id, params))).toEqual([]);
  const outcomes = await act(tx, batch, step(one.id, params));
  expect(outcomes).toMatchObject([{ outcome: "done" }, { outcome: "done" }, { outcome: "done" }]);
  const tasks = await listTasks(tx);
  expect(tasks.map(({ relatedMemberId, note }) => [relatedMemberId, note !== null])).toEqual([
    [member.id, true],
    [other.id, false],
  ]);
});

test("a turn goes to who has the fewest open tasks, then to who has waited longest", async ({ tx }) => {
  const [busy, lately, longAgo] = [await createStaff(tx), await createStaff(tx), await createStaff(tx)];
  await createStaff(tx, { role: "admin" });
  const done = { description: "Done", status: "completed" as const };
  await tx.insert(staffTasks).values([
    { assigneeId: busy.id, description: "Open", createdAt: new Date("2026-01-01") },
    { ...done, assigneeId: lately.id, createdAt: new Date("2026-11-01") },
    { ...done, assigneeId: longAgo.id, createdAt: new Date("2026-10-01") },
  ]);
  const { id: workflowId } = await createWorkflow(tx);
  const memberIds: number[] = [];
  for (let number = 0; number < 5; number++) {
    memberIds.push((await createMember(tx)).id);
  }
  const batch = await startRuns(tx, workflowId, memberIds, clock);
  await act(tx, batch, step(workflowId, { assignee_rule: "round_robin" }));
  const given = (await listTasks(tx)).slice(3).map(({ assigneeId }) => assigneeId);
  expect(given).toEqual([longAgo.id, lately.id, busy.id, longAgo.id, lately.id]);
});

test("one person is asked for by name, and a rule that needs one is refused without", () => {
  const params = { assignee_rule: "specific_staff_id" };
  expect(refusalsOf(type, params)).toEqual({ "params.staff_id": "Choose the person who gets the task" });
  expect(refusalsOf(type, { ...params, staff_id: 3 })).toEqual({});
  expect(refusalsOf(type, { staf_id: 3 })).toEqual({ "params.staf_id": "unknown field 'staf_id'" });
});
