import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Db, Tx } from "#db/client";
import { communicationLogs, messageBodies, workflowRuns } from "#db/schema/index";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { listStepLogs, listWorkflowNames } from "./logs.ts";
import { findMessage, findMessageBody, listMessages } from "./message-log.ts";
import { insertMessages } from "./message-queue.ts";
import { listRuns } from "./run-log.ts";
import { insertStepLogs } from "./runs.ts";
import { findTemplate } from "./templates.ts";

const executedAt = new Date("2026-11-22T03:00:00Z");

async function createRuns(tx: Tx, workflow: { id: number; liveVersionId: number | null }, count: number) {
  const runs: { runId: number; memberId: number }[] = [];
  for (let index = 0; index < count; index++) {
    const member = await createMember(tx, { firstName: "Ada", lastName: `Number ${index}` });
    const run = one(
      await tx
        .insert(workflowRuns)
        .values({
          workflowId: workflow.id,
          versionId: await liveVersion(tx, workflow.id),
          memberId: member.id,
          status: "done",
          startedOn: "2026-11-22",
          startedAt: executedAt,
          endedAt: executedAt,
        })
        .returning({ id: workflowRuns.id }),
    );
    runs.push({ runId: run.id, memberId: member.id });
  }
  return runs;
}

async function liveVersion(db: Db, workflowId: number): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(
    `select live_version_id as id from automation_workflows where id = ${Number(workflowId)}`,
  );
  return one(rows).id;
}

const done = (run: { runId: number; memberId: number }) => ({
  ...run,
  stepId: 1,
  actionType: "send_email",
  attempt: 1,
  outcome: "done" as const,
});

test("pages of a batch, which shares its instant, are complete and do not overlap", async ({ tx }) => {
  const workflow = await createWorkflow(tx);
  const runs = await createRuns(tx, workflow, 5);
  const execution = { workflowId: workflow.id, executedAt };
  await insertStepLogs(tx, execution, runs.map(done));
  const first = await listStepLogs(tx, { limit: 2, workflowId: workflow.id });
  await insertStepLogs(tx, execution, (await createRuns(tx, workflow, 1)).map(done));
  const second = await listStepLogs(tx, { limit: 2, workflowId: workflow.id, beforeId: first.at(-1)?.id });
  const third = await listStepLogs(tx, { limit: 2, workflowId: workflow.id, beforeId: second.at(-1)?.id });
  const members = [...first, ...second, ...third].map(({ memberId }) => memberId);
  expect(members.toSorted((a, b) => a - b)).toEqual(runs.map(({ memberId }) => memberId));
  expect(new Set(members).size).toBe(5);
});

test("a step is shown with its member, workflow and message, and only those asked for", async ({ tx }) => {
  const workflow = await createWorkflow(tx, { name: "Wanted" });
  const other = await createWorkflow(tx);
  const template = await findTemplate(tx, (await createTemplate(tx)).id);
  const batch = await createRuns(tx, workflow, 1);
  const elsewhere = await createRuns(tx, other, 1);
  if (template) {
    await insertMessages(tx, { template, workflowId: workflow.id, stepId: 1, batch, dueAt: executedAt });
  }
  await insertStepLogs(tx, { executedAt, workflowId: workflow.id }, batch.map(done));
  await insertStepLogs(tx, { executedAt, workflowId: other.id }, elsewhere.map(done));

  const rows = await listStepLogs(tx, { limit: 9, workflowId: workflow.id });
  const message = one(await tx.select().from(communicationLogs));
  expect(rows).toMatchObject([
    { memberName: "Ada Number 0", workflowName: "Wanted", actionType: "send_email", messageId: message.id },
  ]);
  expect(await listStepLogs(tx, { limit: 9, memberId: elsewhere[0]?.memberId })).toHaveLength(1);
  expect((await listWorkflowNames(tx)).map(({ name }) => name)).toContain("Wanted");
});

test("a sign-in mail is neither listed nor shown to those who may not see it", async ({ tx }) => {
  const { id: memberId } = await createMember(tx);
  const message = one(
    await tx
      .insert(communicationLogs)
      .values({
        channel: "email",
        class: "sign_in",
        memberId,
        recipient: "ada@example.com",
        queuedAt: executedAt,
        status: "sent",
        sentAt: executedAt,
      })
      .returning(),
  );
  await tx.insert(messageBodies).values({
    messageId: message.id,
    fromAddress: "hello@gym.example",
    fromName: "Gym",
    subject: "Your link",
    html: "<a href='https://gym.example/sign-in/link?token=secret'>Sign in</a>",
    text: "https://gym.example/sign-in/link?token=secret",
  });
  const hidden = { includeSignIn: false };
  expect(await listMessages(tx, { limit: 9, ...hidden })).toEqual([]);
  expect(await findMessage(tx, message.id, hidden)).toBeNull();
  expect(await findMessageBody(tx, message.id, hidden)).toBeNull();

  const shown = { includeSignIn: true };
  expect(await listMessages(tx, { limit: 9, ...shown })).toMatchObject([{ subject: "Your link", class: "sign_in" }]);
  expect(await findMessage(tx, message.id, shown)).toMatchObject({
    hasHtml: true,
    text: expect.stringContaining("token"),
  });
  expect(await findMessageBody(tx, message.id, shown)).toMatchObject({ html: expect.stringContaining("<a ") });
});

test("a message that was not put together yet goes by its template's name", async ({ tx }) => {
  const workflow = await createWorkflow(tx);
  const template = await findTemplate(tx, (await createTemplate(tx, { name: "Hello again" })).id);
  const batch = await createRuns(tx, workflow, 3);
  if (template) {
    const queued = { template, workflowId: workflow.id, stepId: 1, batch, dueAt: executedAt };
    await insertMessages(tx, queued);
    await insertMessages(tx, queued);
  }
  const first = await listMessages(tx, { limit: 2, includeSignIn: false, workflowId: workflow.id });
  const second = await listMessages(tx, {
    limit: 2,
    includeSignIn: false,
    workflowId: workflow.id,
    beforeId: first.at(-1)?.id,
  });
  expect([...first, ...second]).toHaveLength(3);
  expect(second).toMatchObject([{ subject: null, templateName: "Hello again", status: "queued" }]);
  const [row] = first;
  expect(await findMessage(tx, row?.id ?? 0, { includeSignIn: false })).toMatchObject({
    text: null,
    hasHtml: false,
    notification: null,
  });
});

test("a time is shown in the order of it, page by page, whatever was written later", async ({ tx }) => {
  const workflow = await createWorkflow(tx);
  const runs = await createRuns(tx, workflow, 4);
  const at = (day: string) => ({ workflowId: workflow.id, executedAt: new Date(`2026-11-${day}T03:00:00Z`) });
  const [late, early, shared, last] = runs.map(done);
  await insertStepLogs(tx, at("21"), late ? [late] : []);
  await insertStepLogs(tx, at("19"), early ? [early] : []);
  await insertStepLogs(tx, at("20"), shared && last ? [shared, last] : []);
  const span = { since: new Date("2026-11-19T23:00:00Z"), until: new Date("2026-11-22T00:00:00Z") };
  const first = await listStepLogs(tx, { ...span, limit: 2 });
  const second = await listStepLogs(tx, { ...span, limit: 2, beforeId: first.at(-1)?.id });
  expect([...first, ...second].map(({ runId }) => runId)).toEqual([late?.runId, last?.runId, shared?.runId]);
});

test("steps, messages and runs are found by what they are, and by nothing else", async ({ tx }) => {
  const workflow = await createWorkflow(tx);
  const template = await findTemplate(tx, (await createTemplate(tx)).id);
  const [ada, bob] = await createRuns(tx, workflow, 2);
  if (!template || !ada || !bob) {
    throw new Error("Nobody is there");
  }
  const execution = { workflowId: workflow.id, executedAt };
  await insertStepLogs(tx, execution, [done(ada), { ...done(bob), outcome: "skipped", reason: "no_consent" }]);
  await insertMessages(tx, { template, workflowId: workflow.id, stepId: 1, batch: [ada, bob], dueAt: executedAt });
  await tx
    .update(workflowRuns)
    .set({ status: "exited", reason: "left_audience" })
    .where(eq(workflowRuns.id, bob.runId));

  const steps = (filter: object) => listStepLogs(tx, { limit: 9, ...filter });
  expect(await steps({ outcome: "skipped", reason: "no_consent" })).toMatchObject([{ memberId: bob.memberId }]);
  expect(await steps({ outcome: "done" })).toMatchObject([{ memberId: ada.memberId }]);
  expect(await steps({ runId: ada.runId, outcome: "skipped" })).toEqual([]);

  const messages = (filter: object) => listMessages(tx, { limit: 9, includeSignIn: false, ...filter });
  expect(await messages({ memberId: ada.memberId, templateId: template.id, status: "queued" })).toHaveLength(1);
  expect(await messages({ channel: template.channel })).toHaveLength(2);
  expect(await messages({ channel: "sms" })).toEqual([]);
  expect(await messages({ reason: "no_consent" })).toEqual([]);

  const listed = (filter: object) => listRuns(tx, { limit: 9, ...filter });
  expect(await listed({ status: "exited" })).toMatchObject([{ id: bob.runId, memberId: bob.memberId }]);
  expect(await listed({ reason: "left_audience", memberId: ada.memberId })).toEqual([]);
  expect(await listed({ memberId: ada.memberId })).toMatchObject([{ id: ada.runId, status: "done" }]);
  expect(await listed({ status: "waiting" })).toEqual([]);
});
