import { asc, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { doOnce } from "#db/queries/sent-forms";
import { auditEvents, creditEntries, memberOffers, memberTags, offerCodes, staffTasks } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember } from "../../test/support/factories.ts";
import { createTaskByHand } from "./create-task.ts";
import { giveOfferByHand, grantCreditsByHand } from "./rewards.ts";
import { addTagByHand, removeTagByHand } from "./tags.ts";

const clock = clockAt("2026-11-22");

async function createPair(tx: Tx) {
  const [member, admin] = [await createMember(tx), await createMember(tx, { role: "admin", firstName: "Jo" })];
  return { memberId: member.id, actorId: admin.id };
}

const listAudit = (tx: Tx) =>
  tx
    .select({
      actorId: auditEvents.actorId,
      action: auditEvents.action,
      subjectId: auditEvents.subjectId,
      before: auditEvents.before,
      after: auditEvents.after,
    })
    .from(auditEvents)
    .where(eq(auditEvents.subjectType, "member"))
    .orderBy(asc(auditEvents.id));

test("a tag is added once and removed once, each with its line in the audit log, and is heard of", async ({ tx }) => {
  const { memberId, actorId } = await createPair(tx);
  const tagging = { memberId, tag: "vip", actorId };
  await addTagByHand(tx, tagging);
  await addTagByHand(tx, tagging);
  expect(await tx.select({ tag: memberTags.tag }).from(memberTags)).toEqual([{ tag: "vip" }]);
  const { rows } = await tx.execute(sql`select detail from member_events where type = 'tag_added'`);
  expect(rows).toEqual([{ detail: { tag: "vip" } }]);
  await removeTagByHand(tx, tagging);
  await removeTagByHand(tx, tagging);
  expect(await tx.select().from(memberTags)).toEqual([]);
  expect(await listAudit(tx)).toEqual([
    { actorId, action: "member.tag_added", subjectId: memberId, before: null, after: { tag: "vip" } },
    { actorId, action: "member.tag_removed", subjectId: memberId, before: { tag: "vip" }, after: null },
  ]);
});

test("credits sent twice by one form are one entry, by whoever granted them", async ({ tx }) => {
  const { memberId, actorId } = await createPair(tx);
  const form = { userId: actorId, token: crypto.randomUUID(), now: clock.now };
  const credits = { memberId, amount: 12.5, reason: "For waiting", actorId };
  for (let click = 0; click < 2; click++) {
    await doOnce(tx, form, async (inner) => {
      await grantCreditsByHand(inner, credits, clock);
      return null;
    });
  }
  expect(await tx.select().from(creditEntries)).toMatchObject([
    { memberId, amount: 12.5, reason: "For waiting", createdBy: actorId, runId: null, createdAt: clock.now },
  ]);
  expect(await listAudit(tx)).toHaveLength(1);
});

test("an offer is given from its stock, and not while they can still use it", async ({ tx }) => {
  const { memberId, actorId } = await createPair(tx);
  const other = await createMember(tx);
  await tx.insert(offerCodes).values({ code: "SPRING", remaining: 1 });
  const offer = { memberId, code: "SPRING", description: "For you", durationDays: 10, actorId };
  await giveOfferByHand(tx, offer, clock);
  expect(await tx.select().from(memberOffers)).toMatchObject([
    { memberId, offerCode: "SPRING", description: "For you", appliedOn: "2026-11-22", expiryDate: "2026-12-02" },
  ]);
  await expect(giveOfferByHand(tx, { ...offer, memberId: other.id }, clock)).rejects.toMatchObject({
    fields: { code: "The code SPRING is used up" },
  });
  await tx.update(offerCodes).set({ remaining: 5 });
  await expect(giveOfferByHand(tx, offer, clock)).rejects.toMatchObject({
    fields: { code: "They have this offer already, and can still use it" },
  });
  await tx.update(offerCodes).set({ expiresOn: "2026-11-21" });
  await expect(giveOfferByHand(tx, { ...offer, memberId: other.id }, clock)).rejects.toMatchObject({
    fields: { code: "The code SPRING expired on 2026-11-21" },
  });
  expect(await tx.select({ remaining: offerCodes.remaining }).from(offerCodes)).toEqual([{ remaining: 5 }]);
  await giveOfferByHand(tx, { ...offer, code: "UNKNOWN_TO_US" }, clock);
  expect(await listAudit(tx)).toHaveLength(2);
});

test("a task goes to whoever works here, and to nobody else", async ({ tx }) => {
  const { memberId, actorId } = await createPair(tx);
  const gone = await createMember(tx, { role: "staff", archivedAt: clock.now });
  const task = { memberId, description: "Call", priority: "high" as const, dueOn: "2026-11-25", actorId };
  await createTaskByHand(tx, { ...task, assigneeId: actorId }, clock);
  expect(await tx.select().from(staffTasks)).toMatchObject([
    { assigneeId: actorId, relatedMemberId: memberId, description: "Call", priority: "high", dueDate: "2026-11-25" },
  ]);
  for (const assigneeId of [gone.id, memberId, 999_999_999]) {
    await expect(createTaskByHand(tx, { ...task, assigneeId }, clock)).rejects.toMatchObject({
      fields: { assigneeId: "Choose somebody who works here" },
    });
  }
  for (const dueOn of ["2026-11-21", "2027-11-23"]) {
    await expect(createTaskByHand(tx, { ...task, assigneeId: actorId, dueOn }, clock)).rejects.toMatchObject({
      fields: { dueOn: "A day from today to a year ahead" },
    });
  }
  expect(await listAudit(tx)).toHaveLength(1);
});

test("nothing is done for staff, for nobody, and for whoever was erased", async ({ tx }) => {
  const { actorId } = await createPair(tx);
  const erased = await createMember(tx, { erasedAt: clock.now });
  for (const memberId of [actorId, erased.id, 999_999_999]) {
    const refused = { code: "not_found" };
    await expect(addTagByHand(tx, { memberId, tag: "x", actorId })).rejects.toMatchObject(refused);
    await expect(removeTagByHand(tx, { memberId, tag: "x", actorId })).rejects.toMatchObject(refused);
    const credits = { memberId, amount: 1, reason: "x", actorId };
    await expect(grantCreditsByHand(tx, credits, clock)).rejects.toMatchObject(refused);
    const offer = { memberId, code: "X", description: "", durationDays: 1, actorId };
    await expect(giveOfferByHand(tx, offer, clock)).rejects.toMatchObject(refused);
    const task = { memberId, assigneeId: actorId, description: "x", priority: "low" as const, dueOn: "2026-11-22" };
    await expect(createTaskByHand(tx, { ...task, actorId }, clock)).rejects.toMatchObject(refused);
  }
  expect(await listAudit(tx)).toEqual([]);
});
