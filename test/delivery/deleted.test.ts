import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Db, withTransaction } from "#db/client";
import { archiveWorkflow } from "#engine/archive-workflow";
import { one } from "#lib/rows";
import { deliverDue } from "#messaging/deliver";
import { prepareOutgoing } from "#messaging/prepare-outgoing";
import type { Outgoing, Provider, SendResult } from "#messaging/provider";
import { until } from "../support/until.ts";
import { connectAnother, countStates, createOwingGym, deliveryOptions, later, noon } from "./gym.ts";

const members = 40;
const batchSize = 7;

/** Half of the runs are over, as those of one step are; the others wait for their next. */
async function createGym() {
  const { database, db } = await createOwingGym(members);
  await db.execute(sql`update workflow_runs set status = 'waiting', ended_at = null, step_id = 1 where id % 2 = 0`);
  const { rows } = await db.execute<{ id: number }>(sql`select id from automation_workflows`);
  const workflowId = one(rows).id;
  const remove = (someone: Parameters<typeof archiveWorkflow>[0] = db) =>
    archiveWorkflow(someone, { workflowId, actorId: null }, noon);
  return { db, worker: connectAnother(database.url), remove };
}

/** A provider that answers nobody before it is told to. */
function createSlowProvider(answer: (message: Outgoing) => SendResult) {
  const handed: Outgoing[] = [];
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const provider: Provider = {
    name: "slow",
    channel: "email",
    batchSize,
    recognises: "messages",
    async send(batch) {
      handed.push(...batch);
      await gate;
      return batch.map(answer);
    },
  };
  return { provider, handed, letGo: () => letGo() };
}

/** Three claims at a time, each with a call of its own. */
const withProvider = 3 * batchSize;

const accept = ({ messageId }: Outgoing): SendResult => ({
  messageId,
  outcome: "accepted",
  providerMessageId: `p-${messageId}`,
});

const isSomebodyWaiting = (db: Db) =>
  until(
    async () => {
      const { rows } = await db.execute<{ count: number }>(sql`
        select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      return one(rows).count;
    },
    (count) => count > 0,
  );

const settled = [
  { says: "that it took it", answer: accept, becomes: "sent" },
  {
    says: "that it is busy",
    answer: ({ messageId }: Outgoing): SendResult => ({ messageId, outcome: "retry", error: "busy" }),
    becomes: "skipped: workflow_deleted",
  },
];

test.each(settled)(
  "what is with the provider while its workflow is deleted, and of which it says $says, is $becomes",
  async ({ answer, becomes }) => {
    const { db, worker, remove } = await createGym();
    const { provider, handed, letGo } = createSlowProvider(answer);
    const delivered = deliverDue(worker, () => noon, deliveryOptions(provider));
    await until(
      () => handed.length,
      (count) => count === withProvider,
    );
    await remove();
    letGo();
    await delivered;
    await deliverDue(db, () => later(noon, 3_600_000), deliveryOptions(provider));
    expect(handed).toHaveLength(withProvider);
    expect(await countStates(db)).toEqual({
      "cancelled: workflow_deleted": members - withProvider,
      [becomes]: withProvider,
    });
  },
);

test("whoever deletes waits for a claim that is being made, and neither for the other", async () => {
  const { db, worker, remove } = await createGym();
  const { provider, letGo } = createSlowProvider(accept);
  letGo();
  let removed: Promise<unknown> | undefined;
  await withTransaction(worker, async (tx) => {
    await prepareOutgoing(tx, provider, noon, { ...deliveryOptions(provider), leaseMs: 60_000 });
    removed = remove();
    await isSomebodyWaiting(db);
    // It still gets whatever it asks for: here the runs, there the messages.
    await tx.execute(sql`select from workflow_runs for no key update skip locked`);
    await tx.execute(sql`update communication_logs set reason = reason where lease_token is not null`);
  });
  expect(await removed).toEqual({ cancelled: members / 2 });
  const states = await countStates(db);
  expect(states).toEqual({ "cancelled: workflow_deleted": members - batchSize, queued: batchSize });
});

test("who delivers while a workflow is being deleted hands nothing of it over, and waits for nobody", async () => {
  const { db, worker, remove } = await createGym();
  const { provider, handed, letGo } = createSlowProvider(accept);
  letGo();
  await withTransaction(db, async (tx) => {
    await remove(tx);
    await deliverDue(worker, () => noon, deliveryOptions(provider));
    expect(handed).toEqual([]);
  });
  await deliverDue(worker, () => noon, deliveryOptions(provider));
  expect(handed).toEqual([]);
  expect(await countStates(db)).toEqual({ "cancelled: workflow_deleted": members });
});
