import { asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { type Db, withTransaction } from "#db/client";
import { automationWorkflows, requests, workflowRuns } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import { requestEnrolment } from "./enrol.ts";
import { handleRequests } from "./handle-requests.ts";
import { requestRunNow } from "./switching.ts";

const clock = clockAt("2026-11-22");

/** Without a version to run: starting a run of it breaks in the database, after the audience was found. */
async function createBrokenWorkflow(db: Db) {
  const workflow = await createWorkflow(db);
  await db.update(automationWorkflows).set({ liveVersionId: null }).where(eq(automationWorkflows.id, workflow.id));
  return workflow;
}

const ask = (db: Db, workflow: { id: number }) => requestRunNow(db, { workflowId: workflow.id, actorId: null });

const listAnswers = (db: Db) =>
  db.select({ result: requests.result, error: requests.error }).from(requests).orderBy(asc(requests.id));

test("a request whose sweep breaks says so, leaves nothing behind and holds up none of those after it", async ({
  tx,
}) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const [broken, sound] = [await createBrokenWorkflow(tx), await createWorkflow(tx)];
  await ask(tx, broken);
  await ask(tx, sound);
  expect(await handleRequests(tx, clock)).toBe(2);
  expect(await listAnswers(tx)).toEqual([
    { result: null, error: "The sweep failed. The worker's log says why." },
    { result: expect.objectContaining({ started: 1 }), error: null },
  ]);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ workflowId: sound.id, origin: "manual" }]);
  expect(await handleRequests(tx, clock)).toBe(0);
});

test("who enrolled somebody into a workflow that needs attention by then is told that", async ({ tx }) => {
  const member = await createMember(tx);
  const workflow = await createWorkflow(tx, { name: "By hand", trigger: { type: "manual", params: {} } });
  await requestEnrolment(tx, { workflowId: workflow.id, memberId: member.id, tag: null, actorId: null });
  await tx.update(automationWorkflows).set({ steps: [] }).where(eq(automationWorkflows.id, workflow.id));
  await handleRequests(tx, clock);
  expect(await listAnswers(tx)).toEqual([
    { result: null, error: '"By hand" needs attention: the list of workflows says why.' },
  ]);
});

test("a request that another worker has in hand holds up none of those after it", async ({ database: { db } }) => {
  await createMember(db, { visits: ["2026-01-01"] });
  const [slow, quick] = [await createWorkflow(db), await createWorkflow(db)];
  await ask(db, slow);
  await ask(db, quick);
  await withTransaction(db, async (other) => {
    await other.select().from(requests).orderBy(asc(requests.id)).limit(1).for("update");
    expect(await handleRequests(db, clock)).toBe(1);
  });
  expect(await listAnswers(db)).toMatchObject([{ result: null, error: null }, { result: { started: 1 } }]);
  expect(await handleRequests(db, clock)).toBe(1);
});
