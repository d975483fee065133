import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { connect, type Tx } from "#db/client";
import { automationLogs, communicationLogs, notifications, users, workflowRuns } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep } from "./sweep.ts";
import { switchOn } from "./switching.ts";

const clock = clockAt("2026-11-22");
const birthday = { trigger: { type: "birthday", params: {} } };
const hundred = { trigger: { type: "milestone_achieved", params: { type: "classes_attended", value: 100 } } };

/** So many members who have come 100 times. */
async function createRegulars(tx: Tx, count: number) {
  await tx.execute(sql`
    with new as (insert into users (first_name, join_date) select 'Ada', '2020-01-01' from generate_series(1, ${count}) returning id)
    insert into member_stats (member_id, last_visit_on, visits_total) select id, '2026-11-21', 100 from new`);
}

test("E17: a clock that is set back an hour, or a day, starts nobody twice", async ({ tx }) => {
  await createMember(tx, { birthDate: "1990-11-22", visits: ["2026-01-01"] });
  await createWorkflow(tx, birthday);
  await createWorkflow(tx);
  const counts: number[] = [];
  for (const at of [
    clock,
    { ...clock, now: new Date(clock.now.getTime() - 3_600_000) },
    clockAt("2026-11-21"),
    clock,
  ]) {
    counts.push((await sweep(tx, at)).reduce((sum, { started }) => sum + started, 0));
  }
  expect(counts).toEqual([2, 0, 0, 0]);
});

test("E41: two workflows that match one member on one day both start", async ({ tx }) => {
  await createMember(tx, { birthDate: "1990-11-22", visits: ["2026-01-01"] });
  await createWorkflow(tx, birthday);
  await createWorkflow(tx);
  expect(await sweep(tx, clock)).toMatchObject([{ started: 1 }, { started: 1 }]);
});

test("E32: 300 who reach a milestone on one day, by an import, are held first and then all get it", async ({ tx }) => {
  await createRegulars(tx, 300);
  await createWorkflow(tx, { ...hundred, enabledAt: clock.now });
  expect(await sweep(tx, clock, { isDryRun: true })).toMatchObject([{ held: 300 }]);
  expect(await sweep(tx, clock, { noBrake: true })).toMatchObject([{ started: 300 }]);
});

test("E33: whoever passed a milestone long before the workflow was made is left alone, unless asked for", async ({
  tx,
}) => {
  await createRegulars(tx, 20);
  const workflow = await createWorkflow(tx, { ...hundred, isEnabled: false });
  await switchOn(tx, { workflowId: workflow.id, includeCurrent: false, actorId: null }, clock);
  expect(await sweep(tx, clock)).toMatchObject([{ baseline: 20, started: 0 }]);
  expect(await sweep(tx, clockAt("2027-11-22"))).toMatchObject([{ baseline: 20, started: 0 }]);
  await createRegulars(tx, 1);
  expect(await sweep(tx, clockAt("2027-11-22"))).toMatchObject([{ baseline: 20, started: 1 }]);
});

test("E40: who joined and was erased before the sweep is not there", async ({ tx }) => {
  await createMember(tx, { birthDate: "1990-11-22", erasedAt: clock.now });
  await createWorkflow(tx, birthday);
  expect(await sweep(tx, clock)).toMatchObject([{ matched: 0 }]);
});

test("E42: a birthday of somebody who opted out yesterday: no email, the notification alone", async ({ tx }) => {
  await createMember(tx, { birthDate: "1990-11-22", emailConsent: false });
  const [email, inApp] = [await createTemplate(tx), await createTemplate(tx, { channel: "in_app" })];
  const steps = [
    { id: 1, action: { type: "send_email", params: { template_id: email.id } } },
    { id: 2, action: { type: "send_in_app_notification", params: { template_id: inApp.id } } },
  ];
  await createWorkflow(tx, { ...birthday, steps });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(await mailbox.taken()).toEqual([]);
  expect(await tx.select().from(notifications)).toHaveLength(1);
  expect(await tx.select().from(communicationLogs).orderBy(communicationLogs.id)).toMatchObject([
    { status: "skipped", reason: "no_consent" },
    { status: "sent" },
  ]);
});

test("E95: a database that can only be read starts nothing and sends nothing; afterwards all goes on", async ({
  database,
}) => {
  const { db } = database;
  await createMember(db, { birthDate: "1990-11-22" });
  const template = await createTemplate(db);
  const send = { id: 1, action: { type: "send_email", params: { template_id: template.id } } };
  await createWorkflow(db, { ...birthday, steps: [send] });
  const readOnly = new URL(database.url);
  readOnly.searchParams.set("options", "-c default_transaction_read_only=on");
  const stuck = connect({ connectionString: readOnly.href, max: 2 });
  const mailbox = createMailbox();
  await expect(sweep(stuck.db, clock)).rejects.toThrow();
  await sweep(db, clock);
  await expect(runDueSteps(stuck.db, () => clock)).rejects.toThrow();
  await runDueSteps(db, () => clock);
  await expect(deliver(stuck.db, clock, mailbox.provider)).rejects.toThrow();
  expect(await mailbox.taken()).toEqual([]);
  await stuck.close();
  await deliver(db, clock, mailbox.provider);
  expect(await mailbox.taken()).toHaveLength(1);
});

test("G12: an edit in the midst of 2,000 runs mixes no versions; switched off, no step starts any more", async ({
  database,
}) => {
  const { db } = database;
  await db.execute(
    sql`truncate users, automation_workflows, workflow_runs, member_workflow_state, baselines, communication_templates, automation_logs cascade`,
  );
  const stepsOf = (version: string) =>
    [1, 2, 3].map((id) => ({ id, action: { type: "add_tag", params: { tag: `${version}${id}` } } }));
  await createWorkflow(db, { steps: stepsOf("a"), enabledAt: clock.now });
  const join = () =>
    db.execute(sql`insert into users (first_name, join_date) select 'Ada', '2020-01-01' from generate_series(1, 1000)`);
  await join();
  await sweep(db, clock, { noBrake: true });
  const work = () => runDueSteps(db, () => clock, { limit: 20 });
  const workers = [work(), work()];
  await db.execute(sql`update automation_workflows set steps = ${JSON.stringify(stepsOf("b"))}`);
  await join();
  await sweep(db, clock, { noBrake: true });
  await Promise.all([...workers, work()]);
  const mixed = sql`select member_id from member_tags group by member_id having count(distinct left(tag, 1)) > 1 or count(*) <> 3`;
  expect((await db.execute(mixed)).rows).toEqual([]);
  expect(await db.$count(users)).toBe(2000);

  await db.update(workflowRuns).set({ status: "active", endedAt: null, dueAt: clock.now, stepId: 1 });
  const going = [work(), work()];
  await db.execute(sql`update automation_workflows set is_enabled = false`);
  const { rows } = await db.execute<{ newest: number }>(sql`select max(id) as newest from automation_logs`);
  await Promise.all(going);
  // What was in the middle of its transaction when the switch committed is a batch of each worker at most.
  expect(await db.$count(automationLogs, sql`id > ${rows[0]?.newest ?? 0}`)).toBeLessThanOrEqual(40);
  expect(await db.$count(workflowRuns, sql`ended_at is null`)).toBeGreaterThan(0);
  expect(await work()).toBe(0);
});
