import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { readWorkflows } from "#app/admin/workflows/read-workflows";
import type { Tx } from "#db/client";
import { auditEvents, automationWorkflows, workflowRuns } from "#db/schema/index";
import type { StoredDefinition } from "#engine/definition";
import { type Draft, findDraftProblems, requireStorable } from "#engine/editing/draft";
import { fieldsOf } from "#engine/require-workflow";
import { saveWorkflow, type WorkflowInput } from "#engine/save-workflow";
import { sweep } from "#engine/sweep";
import { AppError } from "#lib/errors";
import { clockAt, createMember, createTemplate, createWorkflow } from "./factories.ts";

export const clock = clockAt("2026-11-22");

/** What is in nobody's sentence: the words of the library that checks, of the language, of the database. */
const jargon =
  /invalid (input|option)|expected|received|unrecognized|too (big|small)|undefined|NaN|\[object|discriminat|zod/i;

/** Somebody for whom nearly everything would start, and what steps may pick. */
export async function createSurroundings(tx: Tx) {
  await createMember(tx, { visits: ["2026-01-01"], birthDate: "1990-11-22", expiresOn: "2026-11-25" });
  const staff = await createMember(tx, { role: "staff", firstName: "Rico", lastName: "Frei" });
  const [email, inApp, sms] = [
    await createTemplate(tx),
    await createTemplate(tx, { channel: "in_app" }),
    await createTemplate(tx, { channel: "sms" }),
  ];
  return { email_template: email.id, in_app_template: inApp.id, sms_template: sms.id, staff: staff.id };
}

/** How the refused save of a workflow is told, by field. Nothing has changed then, new or existing. */
export async function refuse(tx: Tx, input: Partial<WorkflowInput>): Promise<Record<string, string>> {
  const sound = { name: "Sound", trigger: { type: "birthday" }, steps: [tagStep(1)], context: {}, exitWhen: [] };
  const read = async () => [
    await tx.select().from(automationWorkflows).orderBy(automationWorkflows.id),
    await tx.select().from(auditEvents),
  ];
  const before = await read();
  const error = await saveWorkflow(tx, { ...sound, actorId: null, ...input }, clock).catch((error) => error);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: "invalid", status: 422 });
  expect(await read()).toEqual(before);
  for (const message of Object.values<string>(error.fields)) {
    expect(message).not.toMatch(jargon);
    expect(message.length).toBeLessThanOrEqual(200);
    expect(message).not.toMatch(/\p{Cc}/u);
  }
  if (!Object.values<string>(error.fields).some((message) => message.startsWith("Too large"))) {
    await expectSameOfDraft(tx, { ...sound, ...input }, error.fields);
  }
  return error.fields;
}

/** Of a draft the very same is told, unless it cannot be stored: then it is refused at once. */
async function expectSameOfDraft(tx: Tx, input: Partial<WorkflowInput>, fields: object) {
  const { id = 0, name, description = "", cooldownPeriodDays = 7, trigger, steps, context, exitWhen } = input;
  const draft = { name, description, cooldownPeriodDays, trigger, steps, context, exitWhen } as Draft;
  const problems = await Promise.resolve()
    .then(() => requireStorable(draft))
    .then(() => findDraftProblems(tx, id, draft))
    .catch((error) => error);
  if (problems instanceof AppError) {
    expect([413, 422]).toContain(problems.status);
  } else {
    expect(fieldsOf(problems)).toEqual(fields);
  }
}

export const tagStep = (id: number) => ({ id, action: { type: "add_tag", params: { tag: "x" } } });

/** The same JSON, stored past the engine and switched on: no sweep starts it, and everybody is told why. */
export async function expectAttention(tx: Tx, stored: { parts: Partial<StoredDefinition>; fields: object }[]) {
  const told = new Map<number, object>();
  for (const { parts, fields } of stored) {
    const { id } = await createWorkflow(tx, { isEnabled: false });
    await tx
      .update(automationWorkflows)
      .set({ ...parts, isEnabled: true })
      .where(eq(automationWorkflows.id, id));
    told.set(id, fields);
  }
  for (const { id, needsAttention, matched, started } of await sweep(tx, clock)) {
    expect({ fields: fieldsOf(needsAttention), matched, started }).toEqual({
      fields: told.get(id),
      matched: 0,
      started: 0,
    });
  }
  expect(await tx.select().from(workflowRuns)).toEqual([]);
  for (const { id, problems } of (await readWorkflows(tx, {}, clock.now)).workflows) {
    expect(problems.join("; ").split("; ").sort()).toEqual(listMessages(told.get(id)));
  }
}

const listMessages = (fields: object = {}) => Object.values(fields).join("; ").split("; ").sort();
