import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Db, Tx } from "#db/client";
import { communicationLogs, gymSettings, staffTasks, users } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import { clock, createSent, tell } from "../../test/support/told.ts";

const wishTasks = (db: Db) => db.update(gymSettings).set({ complaintTasks: true });
const listTasks = (db: Db) => db.select().from(staffTasks).orderBy(staffTasks.id);
const staff = (tx: Tx) => createMember(tx, { role: "staff", firstName: "Tom" });

test("E56: if the gym wishes it, a complaint is a task of the member's trainer, and one alone", async ({ tx }) => {
  await wishTasks(tx);
  const trainer = await staff(tx);
  const member = await createMember(tx, {
    firstName: "Lea",
    lastName: "Moser",
    primaryTrainerId: trainer.id,
    visits: ["2026-01-01"],
  });
  const template = await createTemplate(tx, { subject: "We miss you" });
  await createWorkflow(tx, {
    steps: [{ id: 3, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
  await deliver(tx, clock, createMailbox().provider);
  const message = one(await tx.select().from(communicationLogs));
  await tell(tx, "complained", message, { to: ["boss@example.com"] });
  expect(await listTasks(tx)).toEqual([]);
  await tell(tx, "complained", message);
  await tell(tx, "complained", message);
  expect(await listTasks(tx)).toMatchObject([
    {
      assigneeId: trainer.id,
      relatedMemberId: member.id,
      runId: message.runId,
      stepId: 3,
      description:
        "Lea Moser reported “We miss you” as spam and gets no more marketing email. Ask what they would rather hear from the gym.",
      status: "pending",
      priority: "medium",
      dueDate: "2026-11-25",
    },
  ]);
});

test("E56: a trainer who is away is passed over for the default assignee, and nobody is asked where there is none", async ({
  tx,
}) => {
  await wishTasks(tx);
  const [trainer, desk] = [await staff(tx), await staff(tx)];
  const member = await createMember(tx, { primaryTrainerId: trainer.id });
  await tx.update(users).set({ absentUntil: "2026-11-22" }).where(eq(users.id, trainer.id));
  await tell(tx, "complained", await createSent(tx, { memberId: member.id }));
  expect(await listTasks(tx)).toEqual([]);
  await tx.update(gymSettings).set({ defaultAssigneeId: desk.id });
  await tell(tx, "complained", await createSent(tx, { memberId: member.id }));
  expect(await listTasks(tx)).toMatchObject([{ assigneeId: desk.id, runId: null }]);
});

test("E56: unless the gym wishes it, nobody is asked; nor about who was erased, or of a message of nobody's", async ({
  tx,
}) => {
  const trainer = await staff(tx);
  const member = await createMember(tx, { primaryTrainerId: trainer.id });
  await tell(tx, "complained", await createSent(tx, { memberId: member.id }));
  await wishTasks(tx);
  await tx.update(users).set({ erasedAt: clock.now }).where(eq(users.id, member.id));
  await tell(tx, "complained", await createSent(tx, { memberId: member.id }));
  await tell(tx, "complained", await createSent(tx));
  expect(await listTasks(tx)).toEqual([]);
});

test("E56: a complaint that is told ten times at once is one task", async ({ database: { db } }) => {
  await wishTasks(db);
  const trainer = await createMember(db, { role: "staff" });
  const member = await createMember(db, { primaryTrainerId: trainer.id });
  const message = await createSent(db, { memberId: member.id });
  await Promise.all(Array.from({ length: 10 }, () => tell(db, "complained", message)));
  expect(await listTasks(db)).toHaveLength(1);
});
