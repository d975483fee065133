import { expect } from "vitest";
import { test } from "../test/support/database.ts";
import { createMember, createTemplate } from "../test/support/factories.ts";
import { parseDefinition } from "./definition.ts";
import { findReferenceProblems } from "./references.ts";

const definitionOf = (type: string, params: Record<string, unknown>) => {
  const trigger = { type: "birthday", params: {} };
  const { definition } = parseDefinition({
    trigger,
    steps: [{ id: 1, action: { type, params } }],
    context: {},
    exitWhen: [],
  });
  if (!definition) {
    throw new Error("The definition must parse");
  }
  return definition;
};

const at = "steps.0.action.params.";
const task = (staffId: number) =>
  definitionOf("assign_task_to_staff", { assignee_rule: "specific_staff_id", staff_id: staffId });

test("a template is of its step's channel, there, and not archived", async ({ tx }) => {
  const sms = await createTemplate(tx, { channel: "sms" });
  const email = await createTemplate(tx);
  const old = await createTemplate(tx, { channel: "sms", name: "Old", archivedAt: new Date() });
  const problemsOf = (id: number) => findReferenceProblems(tx, definitionOf("send_sms", { template_id: id }));
  expect(await problemsOf(sms.id)).toEqual([]);
  const path = `${at}template_id`;
  expect(await problemsOf(email.id)).toEqual([
    { path, message: `Step 1 (send_sms): Template ${email.id} is for email, not sms` },
  ]);
  expect(await problemsOf(old.id)).toEqual([{ path, message: 'Step 1 (send_sms): Template "Old" is archived' }]);
  expect(await problemsOf(999_999)).toEqual([{ path, message: "Step 1 (send_sms): Template 999999 does not exist" }]);
});

test("a task is for somebody of the staff who did not leave; being away today is no matter", async ({ tx }) => {
  const path = `${at}staff_id`;
  const trainer = await createMember(tx, { role: "staff", absentUntil: "2100-01-01" });
  const admin = await createMember(tx, { role: "admin" });
  const member = await createMember(tx);
  const left = await createMember(tx, { role: "staff", firstName: "Max", lastName: "Frey", archivedAt: new Date() });
  expect(await findReferenceProblems(tx, task(trainer.id))).toEqual([]);
  expect(await findReferenceProblems(tx, task(admin.id))).toEqual([]);
  expect(await findReferenceProblems(tx, definitionOf("assign_task_to_staff", {}))).toEqual([]);
  const notStaff = (id: number) => [
    { path, message: `Step 1 (assign_task_to_staff): Person ${id} is not on the staff` },
  ];
  expect(await findReferenceProblems(tx, task(member.id))).toEqual(notStaff(member.id));
  expect(await findReferenceProblems(tx, task(999_999))).toEqual(notStaff(999_999));
  expect(await findReferenceProblems(tx, task(left.id))).toEqual([
    { path, message: "Step 1 (assign_task_to_staff): Max Frey is no longer on the staff" },
  ]);
});
