import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { communicationLogs, memberEvents, users, workflowRuns, workflowVersions } from "#db/schema/index";
import { findHolding } from "#engine/branch";
import { condition } from "#engine/conditions/index";
import { one } from "#lib/rows";
import { test } from "./database.ts";
import { clockAt, createWorkflow } from "./factories.ts";
import { createSomeone, type Someone, usualDay } from "./trigger-table.ts";

type Message = Pick<typeof communicationLogs.$inferInsert, "channel"> & { status: string; queuedAt?: string };

/** A member with a run that started on the day before, and what that run has sent, the oldest first. */
type Situation = Someone & {
  startedAt?: string;
  facts?: Record<string, unknown>;
  messages?: Message[];
  /** What another run of theirs has sent. */
  otherMessages?: Message[];
  renewedAt?: string;
};

type Table = { condition: object; holds: Record<string, Situation>; fails: Record<string, Situation> };

const yesterday = "2026-11-21T03:00:00Z";

async function createRun(tx: Tx, memberId: number, { startedAt = yesterday, facts = {} }: Situation): Promise<number> {
  const { id } = await createWorkflow(tx);
  const version = one(await tx.select().from(workflowVersions).where(eq(workflowVersions.workflowId, id)));
  const run = {
    workflowId: id,
    versionId: version.id,
    memberId,
    facts,
    startedOn: "2026-11-21",
    startedAt: new Date(startedAt),
  };
  return one(await tx.insert(workflowRuns).values(run).returning()).id;
}

async function createMessages(tx: Tx, memberId: number, runId: number, messages: Message[]) {
  for (const [index, { channel, status, queuedAt = yesterday }] of messages.entries()) {
    const message = { channel, class: "marketing" as const, memberId, runId, stepId: index + 1 };
    const dueAt = status === "queued" ? new Date(queuedAt) : null;
    await tx
      .insert(communicationLogs)
      .values({ ...message, status: status as "sent", queuedAt: new Date(queuedAt), dueAt });
  }
}

export async function holdsFor(tx: Tx, stored: unknown, situation: Situation): Promise<boolean> {
  const { startedAt, facts, messages = [], otherMessages = [], renewedAt, ...someone } = situation;
  const memberId = await createSomeone(tx, someone);
  if (renewedAt) {
    await tx.insert(memberEvents).values({ memberId, type: "renewed", occurredAt: new Date(renewedAt) });
  }
  const runId = await createRun(tx, memberId, { startedAt, facts });
  await createMessages(tx, memberId, runId, messages);
  await createMessages(tx, memberId, await createRun(tx, memberId, {}), otherMessages);
  expect(await tx.$count(users)).toBe(1);
  return (await findHolding(tx, condition.parse(stored), [runId], clockAt(usualDay))).has(runId);
}

/** The types that have a table of their own. */
export const tested = new Set<string>();

export function testConditions({ condition, holds, fails }: Table) {
  if ("type" in condition) {
    tested.add(String(condition.type));
  }
  const name = JSON.stringify(condition);
  test.for(Object.entries(holds))(`${name} holds: %s`, async ([, situation], { tx }) => {
    expect(await holdsFor(tx, condition, situation)).toBe(true);
  });
  test.for(Object.entries(fails))(`${name} does not hold: %s`, async ([, situation], { tx }) => {
    expect(await holdsFor(tx, condition, situation)).toBe(false);
  });
}
