import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { automationWorkflows, workflowRuns } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import { listWorkflows } from "./editing/workflow-list.ts";
import { sweep, sweepIfDue } from "./sweep.ts";

const today = "2026-11-22";
const clock = clockAt(today);
const longOn = { enabledAt: new Date("2026-01-01T10:00:00Z") };
const birthday = { ...longOn, trigger: { type: "birthday", params: {} } };
const bornDaysAgo = (days: number) => ({ birthDate: addDays("1990-11-22", -days) });

const addDaysTo = (instant: Date, days: number) => new Date(instant.getTime() + days * 86_400_000);

const runs = (tx: Tx) => tx.select().from(workflowRuns).orderBy(workflowRuns.id);

test("E11: a birthday missed by two days is recorded as too late, and nothing of it is sent", async ({ tx }) => {
  const member = await createMember(tx, bornDaysAgo(2));
  await createWorkflow(tx, birthday);
  expect(await sweep(tx, clock)).toMatchObject([{ matched: 0, started: 0, missed: 1 }]);
  expect(await runs(tx)).toMatchObject([
    {
      memberId: member.id,
      occurrence: "birthday:2026",
      status: "expired",
      reason: "expired_too_late",
      origin: "missed",
      dueAt: null,
    },
  ]);
  expect(await sweep(tx, clock)).toMatchObject([{ missed: 0 }]);
});

test.for([
  { days: 1, recorded: 0 },
  { days: 14, recorded: 1 },
  { days: 15, recorded: 0 },
])("a birthday $days days ago: $recorded recorded", async ({ days, recorded }, { tx }) => {
  await createMember(tx, bornDaysAgo(days));
  await createWorkflow(tx, birthday);
  expect(await sweep(tx, clock)).toMatchObject([{ missed: recorded, started: days === 1 ? 1 : 0 }]);
});

test("E10: a membership that ended while nobody looked is recorded, though the member is active no more", async ({
  tx,
}) => {
  await createMember(tx, { expiresOn: "2026-11-20" });
  await createWorkflow(tx, { ...longOn, trigger: { type: "membership_expiry_upcoming", params: { days_before: 14 } } });
  expect(await sweep(tx, clock)).toMatchObject([{ matched: 0, missed: 1 }]);
  expect(await runs(tx)).toMatchObject([{ occurrence: "expires:2026-11-20", facts: { days_left: -2 } }]);
});

test("what fell before the workflow was switched on is none of its business", async ({ tx }) => {
  await createMember(tx, bornDaysAgo(5));
  await createWorkflow(tx, { ...birthday, enabledAt: new Date("2026-11-18T10:00:00Z") });
  expect(await sweep(tx, clock)).toMatchObject([{ missed: 0 }]);
});

test("a day that was swept is no missed day: who was not in the audience then is not late", async ({ tx }) => {
  await createMember(tx, bornDaysAgo(5));
  const workflow = await createWorkflow(tx, birthday);
  await tx.execute(
    sql`insert into swept_days (workflow_id, swept_on, finished_at) values (${workflow.id}, '2026-11-18', now())`,
  );
  expect(await sweep(tx, clock)).toMatchObject([{ missed: 0 }]);
});

test("nor is one on which somebody asked for the sweep; and the scheduler still owes its own", async ({ tx }) => {
  const member = await createMember(tx, { ...bornDaysAgo(5), status: "frozen" });
  await createWorkflow(tx, birthday);
  const thatDay = clockAt("2026-11-17");
  await sweep(tx, thatDay);
  expect(await sweepIfDue(tx, thatDay)).toHaveLength(1);
  expect(await sweepIfDue(tx, thatDay)).toEqual([]);
  await tx.execute(sql`update swept_days set is_scheduled = false`);
  await tx.execute(sql`update users set status = 'active' where id = ${member.id}`);
  expect(await sweep(tx, clock)).toMatchObject([{ missed: 0 }]);
});

test("a missed happening is no reason for a cooldown", async ({ tx }) => {
  const member = await createMember(tx, { joinDate: addDays(today, -12) });
  const welcome = { type: "new_member_welcome", params: { days_since_join: 1 } };
  await createWorkflow(tx, { ...longOn, trigger: welcome, cooldownPeriodDays: 300 });
  await sweep(tx, clock);
  expect(await runs(tx)).toMatchObject([{ reason: "expired_too_late" }]);
  const { rows } = await tx.execute(sql`select 1 from member_workflow_state where member_id = ${member.id}`);
  expect(rows).toEqual([]);
});

test("E12: a welcome may come seven days late, and not eight", async ({ tx }) => {
  await createMember(tx, { joinDate: addDays(today, -8) });
  await createMember(tx, { joinDate: addDays(today, -9) });
  await createWorkflow(tx, { ...longOn, trigger: { type: "new_member_welcome", params: { days_since_join: 1 } } });
  expect(await sweep(tx, clock)).toMatchObject([{ started: 1, missed: 1 }]);
});

test("a day on which it could not be swept is a missed day, though the scheduler is done with it", async ({ tx }) => {
  await createMember(tx, bornDaysAgo(2));
  await createWorkflow(tx, birthday);
  await tx.execute(sql`
    create function refuse_run() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$`);
  await tx.execute(
    sql`create trigger refuse before insert on workflow_runs for each row execute function refuse_run()`,
  );
  for (const day of [addDays(today, -2), addDays(today, -1)]) {
    expect(await sweepIfDue(tx, clockAt(day))).toMatchObject([{ needsAttention: [{}] }]);
  }
  expect((await listWorkflows(tx, {}, clock)).workflows).toMatchObject([{ lastSweep: { problems: 1 } }]);
  await tx.execute(sql`drop trigger refuse on workflow_runs`);
  expect(await sweepIfDue(tx, clock)).toMatchObject([{ started: 0, missed: 1 }]);
});

test("a day on which it could not be swept, and then was by hand, is none; a later fault changes nothing", async ({
  tx,
}) => {
  await createWorkflow(tx, birthday);
  const broken = sql`update automation_workflows set live_version_id = null`;
  const yesterday = clockAt(addDays(today, -1));
  await createMember(tx, bornDaysAgo(1));
  const { rows } = await tx.execute<{ id: number }>(sql`select live_version_id as id from automation_workflows`);
  await tx.execute(broken);
  expect(await sweepIfDue(tx, yesterday)).toMatchObject([{ started: 0, needsAttention: [{}] }]);
  await tx.execute(sql`update automation_workflows set live_version_id = ${rows[0]?.id}`);
  expect(await sweep(tx, yesterday)).toMatchObject([{ started: 1 }]);
  const day = async () => (await tx.execute(sql`select is_scheduled, counts from swept_days`)).rows;
  expect(await day()).toMatchObject([{ is_scheduled: true, counts: { problems: 0, started: 1 } }]);
  expect(await sweepIfDue(tx, yesterday)).toEqual([]);

  await tx.execute(sql`update swept_days set is_scheduled = false`);
  await tx.execute(sql`update automation_workflows set steps = '[]', live_version_id = live_version_id`);
  expect(await sweepIfDue(tx, yesterday)).toMatchObject([{ needsAttention: [{}] }]);
  expect(await day()).toMatchObject([{ is_scheduled: true, counts: { problems: 0, started: 1 } }]);
});

test("what was over before the workflow was switched on is none of its business, though its day is still to come", async ({
  tx,
}) => {
  await createMember(tx, { expiresOn: addDays(today, 3) });
  await createWorkflow(tx, {
    enabledAt: addDaysTo(clock.now, -1),
    trigger: { type: "membership_expiry_upcoming", params: { days_before: 14, min_days_left: 5 } },
  });
  expect(await sweep(tx, clock)).toMatchObject([{ matched: 0, missed: 0 }]);
  await tx.update(automationWorkflows).set({ enabledAt: addDaysTo(clock.now, -3) });
  expect(await sweep(tx, clock, { isDryRun: true })).toMatchObject([{ missed: 1 }]);
  expect(await sweep(tx, clock)).toMatchObject([{ missed: 1 }]);
});
