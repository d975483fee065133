import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { listStaff } from "#db/queries/staff";
import { auditEvents, authSessions, authUsers, gymSettings, staffTasks, users } from "#db/schema/index";
import { test } from "../../../../test/support/database.ts";
import { createMember } from "../../../../test/support/factories.ts";
import { addStaff, giveRole, removeStaff } from "./change-staff.ts";

const admin = { role: "admin", firstName: "Rico", lastName: "Frei" } as const;
const coach = { role: "staff", firstName: "Jo", lastName: "Lang" } as const;

test("a role is given and taken, told with before and after, and ends every session", async ({ tx }) => {
  const [rico, jo] = [await createMember(tx, admin), await createMember(tx, coach)];
  const [account] = await tx
    .insert(authUsers)
    .values({ userId: jo.id, name: "Jo", email: "jo@example.ch" })
    .returning();
  await tx.insert(authSessions).values({ userId: account?.id ?? 0, token: "t", expiresAt: new Date() });
  await giveRole(tx, { userId: jo.id, from: "staff", to: "admin", actorId: rico.id });
  expect(await listStaff(tx)).toMatchObject([
    { id: jo.id, role: "admin", seenAt: null },
    { id: rico.id, role: "admin" },
  ]);
  await giveRole(tx, { userId: jo.id, from: "admin", to: "staff", actorId: rico.id });
  const acts = await tx.select().from(auditEvents).orderBy(auditEvents.id);
  const subject = { action: "role_changed", subjectType: "user", subjectId: jo.id, actorId: rico.id };
  expect(acts).toMatchObject([
    { ...subject, before: { role: "staff" }, after: { role: "admin" } },
    { ...subject, before: { role: "admin" }, after: { role: "staff" } },
  ]);
});

test("the last admin stays one", async ({ tx }) => {
  const [rico, jo] = [await createMember(tx, admin), await createMember(tx, coach)];
  await createMember(tx, { ...admin, archivedAt: new Date() });
  const give = giveRole(tx, { userId: rico.id, from: "admin", to: "staff", actorId: rico.id });
  await expect(give).rejects.toThrow("Rico Frei is the only admin");
  await expect(removeStaff(tx, { userId: rico.id, tasksTo: jo.id, actorId: rico.id })).rejects.toThrow(
    "the only admin",
  );
});

test("who decides upon a role that changed meanwhile hears of it", async ({ tx }) => {
  const [rico, jo] = [await createMember(tx, admin), await createMember(tx, coach)];
  const late = giveRole(tx, { userId: jo.id, from: "admin", to: "staff", actorId: rico.id });
  await expect(late).rejects.toThrow("has another role by now");
});

test("somebody new can sign in; a member is made staff; who works here already is not added", async ({ tx }) => {
  const { id: actorId } = await createMember(tx, admin);
  const person = { firstName: "Mia", lastName: "Roth", role: "staff" as const, actorId };
  expect(await addStaff(tx, { ...person, email: "mia@example.ch" })).toContain("Mia Roth can sign in now");
  expect(await listStaff(tx)).toContainEqual(expect.objectContaining({ name: "Mia Roth", email: "mia@example.ch" }));
  const again = addStaff(tx, { ...person, email: "mia@example.ch" });
  await expect(again).rejects.toMatchObject({ fields: { email: expect.stringContaining("works here already") } });

  const member = await createMember(tx, { email: "lena@example.ch", firstName: "Lena", lastName: "Keller" });
  await tx.insert(authUsers).values({ userId: member.id, name: "Lena", email: "lena@example.ch" });
  expect(await addStaff(tx, { ...person, email: "lena@example.ch" })).toContain("Lena Keller was a member");
});

test("who leaves hands on their tasks; a member stays a member", async ({ tx }) => {
  const [rico, jo] = [await createMember(tx, admin), await createMember(tx, coach)];
  const leave = { userId: jo.id, actorId: rico.id };
  const task = { assigneeId: jo.id, description: "Call" };
  await tx.insert(staffTasks).values([task, { ...task, status: "completed" as const }]);
  await tx.update(gymSettings).set({ defaultAssigneeId: jo.id });
  await expect(removeStaff(tx, { ...leave, tasksTo: rico.id })).rejects.toThrow("under Automation first");
  await tx.update(gymSettings).set({ defaultAssigneeId: null });
  await expect(removeStaff(tx, { ...leave, tasksTo: null })).rejects.toThrow("Choose who gets their open tasks");
  await removeStaff(tx, { ...leave, tasksTo: rico.id });
  const tasks = await tx.select().from(staffTasks).orderBy(staffTasks.id);
  expect(tasks.map(({ assigneeId }) => assigneeId)).toEqual([rico.id, jo.id]);
  expect((await listStaff(tx)).map(({ id }) => id)).toEqual([rico.id]);

  const trainer = await createMember(tx, { ...coach, expiresOn: "2027-01-01" });
  await removeStaff(tx, { userId: trainer.id, tasksTo: null, actorId: rico.id });
  expect(await tx.select().from(users).where(eq(users.id, trainer.id))).toMatchObject([
    { role: "member", archivedAt: null },
  ]);
});
