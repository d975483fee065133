import { expect } from "vitest";
import { auditEvents, memberTags, workflowRuns } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import { enrolNow } from "./enrol.ts";

const clock = clockAt("2026-11-22");
const byHand = { trigger: { type: "manual", params: {} } };

test("a member is enrolled at once, and not again while the cooldown holds", async ({ tx }) => {
  const member = await createMember(tx);
  await createMember(tx);
  const { id } = await createWorkflow(tx, { ...byHand, cooldownPeriodDays: 30 });
  const whom = { workflowId: id, memberId: member.id, tag: null, actorId: null };
  expect(await enrolNow(tx, whom, clock)).toEqual({ matched: 1, started: 1, onCooldown: 0 });
  expect(await enrolNow(tx, whom, clockAt("2026-12-21"))).toEqual({ matched: 1, started: 0, onCooldown: 1 });
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ memberId: member.id, origin: "manual" }]);
  expect(await tx.select().from(auditEvents)).toMatchObject([
    { action: "workflow.enrolled", subjectId: id, after: { memberId: member.id, tag: null } },
    { action: "workflow.enrolled" },
  ]);
});

test("a tag enrols all who carry it and are in the audience", async ({ tx }) => {
  const [here, gone] = [await createMember(tx), await createMember(tx, { status: "cancelled" })];
  await createMember(tx);
  await tx
    .insert(memberTags)
    .values([here, gone].map(({ id: memberId }) => ({ memberId, tag: "vip", source: "test" })));
  const { id } = await createWorkflow(tx, byHand);
  const enrolment = { workflowId: id, memberId: null, actorId: null };
  expect(await enrolNow(tx, { ...enrolment, tag: "vip" }, clock)).toMatchObject({ matched: 1, started: 1 });
  await expect(enrolNow(tx, { ...enrolment, tag: "nobody's" }, clock)).rejects.toThrow(
    "There is no member who carries",
  );
  await expect(enrolNow(tx, { ...enrolment, memberId: gone.id, tag: null }, clock)).rejects.toThrow(
    "There is no member",
  );
  const runs = await tx.select().from(workflowRuns);
  expect(runs.map(({ memberId }) => memberId)).toEqual([here.id]);
});

test("who is meant, and what for, must be clear", async ({ tx }) => {
  const member = await createMember(tx);
  const own = await createWorkflow(tx);
  const off = await createWorkflow(tx, { ...byHand, isEnabled: false });
  const enrol = (workflowId: number, memberId: number | null, tag: string | null) =>
    enrolNow(tx, { workflowId, memberId, tag, actorId: null }, clock);
  await expect(enrol(off.id, null, null)).rejects.toThrow("Name one member, or one tag.");
  await expect(enrol(off.id, member.id, "vip")).rejects.toThrow("Name one member, or one tag.");
  await expect(enrol(own.id, member.id, null)).rejects.toThrow("starts by itself");
  await expect(enrol(off.id, member.id, null)).rejects.toThrow("is off. Switch it on first.");
  expect(await tx.select().from(auditEvents)).toEqual([]);
});

test("where there is nobody to enrol nothing is written, not even that it was tried", async ({ database: { db } }) => {
  const { id } = await createWorkflow(db, byHand);
  const enrolment = { workflowId: id, memberId: null, tag: "nobody's", actorId: null };
  await expect(enrolNow(db, enrolment, clock)).rejects.toThrow("There is no member who carries");
  expect(await db.select().from(auditEvents)).toEqual([]);
});
