import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { recordVisits } from "#db/queries/visits";
import { users } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { describeNext } from "./describe-next.ts";
import { explain } from "./explain.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");
const away = { visits: ["2026-10-01"] };

async function ask(tx: Tx, member: { id: number }, workflow: { id: number }, at = clock) {
  const { rules, ...rest } = await explain(tx, { memberId: member.id, workflowId: workflow.id }, at);
  const unmet = rules.filter(({ isMet }) => !isMet).map(({ rule, seen }) => [rule, seen]);
  return { ...rest, rules: rules.map(({ rule }) => rule), unmet };
}

test("every rule is told, and all are met for whom a sweep would start", async ({ tx }) => {
  const [member, workflow] = [await createMember(tx, away), await createWorkflow(tx)];
  expect(await ask(tx, member, workflow)).toMatchObject({
    rules: ["status", "definition", "audience", "trigger", "occurrence", "cooldown", "unfinished", "brake", "exit"],
    unmet: [],
    wouldStart: true,
    nextOn: "2026-11-22",
  });
});

test("a trigger that does not match yet tells what it saw, and when it would", async ({ tx }) => {
  const [member, workflow] = [await createMember(tx, { visits: ["2026-11-02"] }), await createWorkflow(tx)];
  expect(await ask(tx, member, workflow)).toMatchObject({
    unmet: [
      [
        "trigger",
        expect.stringMatching(
          /30 days; Days since the last visit, or since joining: 20; Day of the last visit: 2026-11-02$/,
        ),
      ],
    ],
    wouldStart: false,
    nextOn: "2026-12-02",
  });
});

test("the cooldown, with the day on which it is over", async ({ tx }) => {
  const [member, workflow] = [await createMember(tx, away), await createWorkflow(tx, { cooldownPeriodDays: 10 })];
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  expect(await ask(tx, member, workflow)).toMatchObject({
    unmet: [["cooldown", "Until 2026-12-02"]],
    nextOn: "2026-12-02",
  });
});

test("an answered happening, an unfinished run and the next time round", async ({ tx }) => {
  const member = await createMember(tx, { birthDate: "1990-11-22" });
  const workflow = await createWorkflow(tx, { trigger: { type: "birthday", params: {} }, cooldownPeriodDays: 0 });
  await sweep(tx, clock);
  const { unmet, nextOn } = await ask(tx, member, workflow);
  expect(unmet.map(([rule]) => rule)).toEqual(["occurrence", "cooldown", "unfinished"]);
  expect(unmet[0]?.[1]).toBe("birthday:2026 was answered on 2026-11-22");
  expect(nextOn).toBeNull();
  await runDueSteps(tx, () => clock);
  expect((await ask(tx, member, workflow)).nextOn).toBe("2027-11-22");
});

test("a held run, and an exit that holds", async ({ tx }) => {
  const member = await createMember(tx, away);
  const workflow = await createWorkflow(tx, { exitWhen: [{ type: "visited_since_start", params: {} }] });
  await sweep(tx, clock);
  await tx.execute(sql`update workflow_runs set status = 'held', due_at = null`);
  await recordVisits(
    tx,
    [{ memberId: member.id, visitedAt: new Date("2026-11-22T09:00:00Z"), kind: "checkin" }],
    clock,
  );
  const { unmet } = await ask(tx, member, workflow);
  expect(unmet.map(([rule]) => rule)).toEqual(["trigger", "cooldown", "unfinished", "brake", "exit"]);
});

test("a baseline, a frozen member, a workflow that is off, one that needs attention", async ({ tx }) => {
  const [member, workflow] = [await createMember(tx, away), await createWorkflow(tx, { isEnabled: false })];
  await tx.execute(sql`insert into baselines (workflow_id, member_id) values (${workflow.id}, ${member.id})`);
  await tx.update(users).set({ status: "frozen" });
  expect((await ask(tx, member, workflow)).unmet.map(([rule]) => rule)).toEqual(["status", "audience", "occurrence"]);
  const template = await createTemplate(tx, { channel: "sms" });
  const broken = await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  expect((await ask(tx, member, broken)).unmet[0]).toEqual(["definition", expect.stringContaining("sms")]);
  await tx.execute(sql`update automation_workflows set trigger = '{"type": "none"}' where id = ${broken.id}`);
  expect(await ask(tx, member, broken)).toMatchObject({
    rules: ["status", "definition"],
    wouldStart: false,
    nextOn: null,
  });
});

test("a workflow that is off has no next day, and one that is started by hand no brake", async ({ tx }) => {
  const member = await createMember(tx, away);
  const off = await createWorkflow(tx, { isEnabled: false });
  expect(await ask(tx, member, off)).toMatchObject({ unmet: [["status", "The workflow is off"]], nextOn: null });
  for (let other = 0; other < 60; other++) {
    await createMember(tx);
  }
  const manual = await createWorkflow(tx, { trigger: { type: "manual", params: {} } });
  expect((await ask(tx, member, manual)).unmet.map(([rule]) => rule)).toEqual(["trigger"]);
  const asked = await explain(tx, { memberId: member.id, workflowId: manual.id }, clock);
  expect(describeNext(asked)).toBe("No sweep starts it: only whoever is enrolled by hand gets it.");
});

test("a run goes by the exit conditions of its own version", async ({ tx }) => {
  const member = await createMember(tx, away);
  const workflow = await createWorkflow(tx, { exitWhen: [{ type: "visited_since_start", params: {} }] });
  await sweep(tx, clock);
  await tx.execute(sql`update automation_workflows set exit_when = '[]'`);
  const visitedAt = new Date("2026-11-22T09:00:00Z");
  await recordVisits(tx, [{ memberId: member.id, visitedAt, kind: "checkin" }], clock);
  expect((await ask(tx, member, workflow)).unmet).toContainEqual(["exit", "An exit condition holds: the run ends"]);
});

test("somebody or something that does not exist is said so", async ({ tx }) => {
  const [member, workflow] = [await createMember(tx), await createWorkflow(tx)];
  await expect(ask(tx, { id: 999_999 }, workflow)).rejects.toThrow("There is no member 999999.");
  await expect(ask(tx, member, { id: 999_999 })).rejects.toThrow("There is no workflow 999999.");
});
