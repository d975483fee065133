import { expect } from "vitest";
import { memberEvents, memberTags } from "#db/schema/index";
import { act, startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";

const clock = clockAt("2026-11-22");

test("E82: a tag that is there already is a success, and no second row", async ({ tx }) => {
  const member = await createMember(tx);
  const { id: workflowId } = await createWorkflow(tx);
  await tx.insert(memberTags).values({ memberId: member.id, tag: "vip" });
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  const step = { type: "add_tag", params: { tag: "vip" }, workflowId, clock };
  expect(await act(tx, batch, step)).toMatchObject([{ outcome: "done" }]);
  expect(await tx.select().from(memberTags)).toMatchObject([{ tag: "vip", runId: null }]);
});

test("a tag keeps the run that added it, and tells of it once", async ({ tx }) => {
  const members = [await createMember(tx), await createMember(tx)];
  const { id: workflowId } = await createWorkflow(tx);
  const memberIds = members.map(({ id }) => id);
  const batch = await startRuns(tx, workflowId, memberIds, clock);
  const step = { type: "add_tag", params: { tag: "vip" }, workflowId, clock };
  await act(tx, batch, step);
  await act(tx, batch, step);
  const tags = await tx.select().from(memberTags).orderBy(memberTags.memberId);
  expect(tags.map(({ memberId, runId }) => ({ memberId, runId }))).toEqual(batch);
  expect(await tx.select().from(memberEvents)).toHaveLength(2);
});

test("removing takes off that tag of those members, and none is a success, too", async ({ tx }) => {
  const [tagged, other] = [await createMember(tx), await createMember(tx)];
  const { id: workflowId } = await createWorkflow(tx);
  await tx.insert(memberTags).values([
    { memberId: tagged.id, tag: "vip" },
    { memberId: tagged.id, tag: "new" },
    { memberId: other.id, tag: "vip" },
  ]);
  const batch = await startRuns(tx, workflowId, [tagged.id], clock);
  const step = { type: "remove_tag", params: { tag: "vip" }, workflowId, clock };
  expect(await act(tx, batch, step)).toMatchObject([{ outcome: "done" }]);
  expect(await act(tx, batch, step)).toMatchObject([{ outcome: "done" }]);
  const left = await tx.select({ memberId: memberTags.memberId, tag: memberTags.tag }).from(memberTags);
  expect(left).toHaveLength(2);
  expect(left).toEqual(
    expect.arrayContaining([
      { memberId: tagged.id, tag: "new" },
      { memberId: other.id, tag: "vip" },
    ]),
  );
});

test.for(["add_tag", "remove_tag"])("%s answers for an empty batch and for a member twice", async (type, { tx }) => {
  const member = await createMember(tx);
  const [one, two] = [await createWorkflow(tx), await createWorkflow(tx)];
  const batch = [
    ...(await startRuns(tx, one.id, [member.id], clock)),
    ...(await startRuns(tx, two.id, [member.id], clock)),
  ];
  const step = { type, params: { tag: "vip" }, workflowId: one.id, clock };
  expect(await act(tx, [], step)).toEqual([]);
  expect(await act(tx, batch, step)).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
});
