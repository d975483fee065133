import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { withReadOnly } from "#db/client";
import { memberWorkflowState, users } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { createMember, createWorkflow } from "../../test/support/factories.ts";
import { clock } from "../../test/support/refusal.ts";
import { sweep } from "../sweep.ts";
import { switchOn } from "../switching.ts";
import { previewAudience } from "./preview-audience.ts";

const silentFor = (inactive_days: number) => ({ type: "low_engagement", params: { inactive_days } });

test("whom a trigger would reach: how many, ten of them, and what it knows of each", async ({ tx }) => {
  const { id: workflowId } = await createWorkflow(tx);
  const first = await createMember(tx, { firstName: "Mara", lastName: "Keller", visits: ["2026-10-19"] });
  for (let index = 0; index < 11; index++) {
    await createMember(tx, { joinDate: "2026-01-01" });
  }
  await createMember(tx, { visits: ["2026-11-20"] });
  const audience = await previewAudience(tx, { trigger: silentFor(30), workflowId }, clock);
  expect(audience).toMatchObject({
    matching: 12,
    free: 12,
    onCooldown: 0,
    alreadyAnswered: 0,
    baseline: 0,
    isManual: false,
  });
  expect(audience.sample).toHaveLength(10);
  expect(audience.sample[0]).toEqual({
    memberId: first.id,
    name: "Mara Keller",
    verdict: "free",
    why: [
      { label: "Days since the last visit, or since joining", value: "34" },
      { label: "Day of the last visit", value: "19 Oct 2026" },
    ],
  });
  expect(audience.sample[1]?.why[1]).toEqual({ label: "Day of the last visit", value: "unknown" });
  expect(await previewAudience(tx, { trigger: silentFor(30), workflowId }, clock)).toEqual(audience);
});

test("who had the workflow lately, or had its happening, is told apart and comes last", async ({ tx }) => {
  const { id: workflowId } = await createWorkflow(tx);
  const [resting, free] = [await createMember(tx), await createMember(tx)];
  await tx.insert(memberWorkflowState).values({ workflowId, memberId: resting.id, cooldownUntil: "2026-11-25" });
  const audience = await previewAudience(tx, { trigger: silentFor(30), workflowId }, clock);
  expect(audience).toMatchObject({ matching: 2, onCooldown: 1, free: 1 });
  expect(audience.sample).toMatchObject([
    { memberId: free.id, verdict: "free" },
    { memberId: resting.id, verdict: "cooldown" },
  ]);
  const another = await createWorkflow(tx, { isEnabled: false });
  expect(await previewAudience(tx, { trigger: silentFor(30), workflowId: another.id }, clock)).toMatchObject({
    free: 2,
  });
  await switchOn(tx, { workflowId: another.id, includeCurrent: false, actorId: null }, clock);
  expect(await previewAudience(tx, { trigger: silentFor(30), workflowId: another.id }, clock)).toMatchObject({
    baseline: 2,
  });
});

test("what it says is what a sweep then does", async ({ tx }) => {
  await createMember(tx, { expiresOn: "2026-12-01" });
  await createMember(tx, { expiresOn: "2026-12-02" });
  const trigger = { type: "membership_expiry_upcoming", params: {} };
  const { id: workflowId } = await createWorkflow(tx, { trigger });
  const { free } = await previewAudience(tx, { trigger, workflowId }, clock);
  expect(await sweep(tx, clock)).toMatchObject([{ started: free, matched: 2 }]);
  expect(await previewAudience(tx, { trigger, workflowId }, clock)).toMatchObject({
    matching: 2,
    alreadyAnswered: 2,
    free: 0,
  });
});

test("a trigger that is not complete is refused in words, and one by hand matches nobody", async ({ tx }) => {
  const ask = (trigger: unknown) => previewAudience(tx, { trigger, workflowId: 1 }, clock);
  await expect(ask(silentFor(0))).rejects.toMatchObject({
    status: 422,
    fields: { "trigger.params.inactive_days": "Days without a visit: a whole number from 1 to 3650 (you gave 0)" },
  });
  await expect(ask(null)).rejects.toMatchObject({ message: expect.stringMatching(/^Trigger: choose one/) });
  await expect(ask({ type: "tag_added", params: { tag: "a\0" } })).rejects.toMatchObject({
    fields: { "trigger.params.tag": expect.stringContaining("U+0000") },
  });
  const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
  await expect(ask({ type: "birthday", params: deep })).rejects.toMatchObject({ status: 422 });
  expect(await ask({ type: "manual" })).toMatchObject({ matching: 0, sample: [], isManual: true });
});

test("reading never writes, and what takes too long is ended", async ({ database: { db }, tx }) => {
  for (const connection of [db, tx]) {
    const write = withReadOnly(connection, { timeoutMs: 1_000 }, (reader) => reader.insert(users).values({}));
    await expect(write).rejects.toMatchObject({ cause: { code: "25006" } });
    const wait = withReadOnly(connection, { timeoutMs: 50 }, (reader) => reader.execute(sql`select pg_sleep(5)`));
    await expect(wait).rejects.toMatchObject({ cause: { code: "57014" } });
  }
  await createMember(tx);
  expect(await tx.$count(users)).toBe(1);
});
