import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { type Db, type Tx, withTransaction } from "#db/client";
import { listEnabledWorkflows } from "#db/queries/workflows";
import {
  automationWorkflows,
  baselines,
  communicationLogs,
  memberTags,
  requests,
  workflowRuns,
} from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { until } from "../test/support/until.ts";
import { archiveWorkflow } from "./archive-workflow.ts";
import { requestEnrolment } from "./enrol.ts";
import { handleEvents } from "./handle-events.ts";
import { handleRequests } from "./handle-requests.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep, sweepIfDue } from "./sweep.ts";
import { switchOn } from "./switching.ts";

const clock = clockAt("2026-11-22");
const away = { visits: ["2026-01-01"] };

test("a workflow that cannot be swept stands in nobody's way, and says so", async ({ tx }) => {
  await createMember(tx, { ...away, birthDate: "1990-11-22" });
  const broken = await createWorkflow(tx);
  await createWorkflow(tx, { trigger: { type: "birthday", params: {} } });
  await tx.execute(sql`
    create function refuse_run() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$`);
  await tx.execute(sql`
    create trigger refuse before insert on workflow_runs for each row when (new.occurrence is null) execute function refuse_run()`);
  expect(await sweep(tx, clock)).toMatchObject([
    { id: broken.id, started: 0, needsAttention: [{ message: "could not be swept: not today" }] },
    { started: 1, needsAttention: [] },
  ]);
});

test("a manual workflow that was switched on in the usual way takes who is enrolled", async ({ tx }) => {
  const member = await createMember(tx);
  const workflow = await createWorkflow(tx, { trigger: { type: "manual", params: {} }, isEnabled: false });
  await switchOn(tx, { workflowId: workflow.id, includeCurrent: false, actorId: null }, clock);
  expect(await tx.select().from(baselines)).toEqual([]);
  await requestEnrolment(tx, { workflowId: workflow.id, memberId: member.id, tag: null, actorId: null });
  await handleRequests(tx, clock);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ memberId: member.id, origin: "manual" }]);
});

test("a visit does not end a run whose definition this program cannot read", async ({ tx }) => {
  const member = await createMember(tx, away);
  await createWorkflow(tx);
  await sweep(tx, clock);
  await tx.execute(sql`update workflow_versions set trigger = '{"type": "full_moon"}'`);
  await tx.execute(sql`
    insert into member_events (member_id, type, occurred_at) values (${member.id}, 'visited', ${clock.now}::timestamptz)`);
  await handleEvents(tx, clock);
  expect(await tx.select().from(workflowRuns)).toMatchObject([{ status: "active" }]);
});

test("deleting a workflow cancels what waits to go out, and its steps say why", async ({ tx }) => {
  await createMember(tx, away);
  const template = await createTemplate(tx);
  const workflow = await createWorkflow(tx, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  await archiveWorkflow(tx, { workflowId: workflow.id, actorId: null }, clock);
  expect(await tx.select().from(communicationLogs)).toMatchObject([
    { status: "cancelled", reason: "workflow_deleted", dueAt: null },
  ]);
  const { rows } = await tx.execute(sql`select outcome, reason from automation_logs`);
  expect(rows).toEqual([{ outcome: "skipped", reason: "workflow_deleted" }]);
});

test("what was confirmed when it was switched on passes the brake, even where the next day's sweep is sooner", async ({
  tx,
}) => {
  for (let member = 0; member < 60; member++) {
    await createMember(tx, away);
  }
  const { id: workflowId } = await createWorkflow(tx, { isEnabled: false });
  await switchOn(tx, { workflowId, includeCurrent: true, actorId: null }, clock);
  const nextDay = clockAt(addDays(clock.today, 1));
  expect(await sweepIfDue(tx, nextDay)).toEqual([]);
  expect(await handleRequests(tx, nextDay)).toBe(1);
  expect(await sweepIfDue(tx, nextDay)).toMatchObject([{ started: 0, held: 0, onCooldown: 60 }]);
});

test("a step's tag is of the engine's day, so that what waits for it starts on that day", async ({ tx }) => {
  const later = clockAt(addDays(clock.today, 400));
  await createMember(tx, away);
  await createWorkflow(tx, { steps: [{ id: 1, action: { type: "add_tag", params: { tag: "t" } } }] });
  await createWorkflow(tx, { trigger: { type: "tag_added", params: { tag: "t" } } });
  await sweep(tx, later);
  await runDueSteps(tx, () => later);
  expect(await tx.select().from(memberTags)).toMatchObject([{ createdAt: later.now }]);
  expect(await handleEvents(tx, later)).toMatchObject({ started: 1 });
});

test("what was held and discarded is no habit that the brake learns", async ({ tx }) => {
  await tx.execute(sql`
    insert into users (first_name, join_date) select 'Ada', case when n <= 60 then date '2026-01-01' else '2026-11-01' end
    from generate_series(1, 460) n`);
  const { id } = await createWorkflow(tx, { enabledAt: new Date("2026-01-01") });
  const [workflow] = await listEnabledWorkflows(tx, id);
  await tx.execute(sql`
    insert into workflow_runs (workflow_id, version_id, member_id, status, reason, started_on, started_at, ended_at)
    select ${id}, ${workflow?.liveVersionId}, u.id, 'cancelled', 'discarded', date '2026-11-21' - n, now(), now()
    from users u, generate_series(0, 13) n where u.join_date = '2026-11-01' and u.id % 4 = 0`);
  expect(await sweep(tx, clock)).toMatchObject([{ held: 60, started: 0 }]);
});

test("a workflow that is deleted while a sweep is on its way starts nobody any more", async ({ database: { db } }) => {
  await db.execute(sql`
    insert into users (first_name, join_date) select 'Ada', '2020-01-01' from generate_series(1, 5000)`);
  const first = await createWorkflow(db);
  const second = await createWorkflow(db);
  const sweeping = sweep(db, clock, { noBrake: true });
  await archiveWorkflow(db, { workflowId: second.id, actorId: null }, clock);
  await sweeping;
  const { rows } = await db.execute(sql`
    select workflow_id::int as workflow, count(*)::int as open from workflow_runs where ended_at is null group by 1`);
  expect(rows).toEqual([{ workflow: first.id, open: 5000 }]);
});

/** Begins `second` while `first` is not committed yet, and lets it wait for that. */
async function overtake(db: Db, first: (tx: Tx) => Promise<unknown>, second: () => Promise<unknown>) {
  const { overtaken } = await withTransaction(db, async (tx) => {
    await first(tx);
    const overtaken = second();
    const isWaiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(
      async () => (await db.execute(isWaiting)).rows.length,
      (waiting) => waiting === 1,
    );
    return { overtaken };
  });
  return overtaken;
}

test("a workflow that is edited while it is swept is swept as it is then", async ({ database: { db } }) => {
  await db.update(automationWorkflows).set({ isEnabled: false });
  const member = await createMember(db, { birthDate: "1990-11-22" });
  const workflow = await createWorkflow(db, { trigger: { type: "birthday", params: {} } });
  const edited = JSON.stringify([{ id: 7, action: { type: "add_tag", params: { tag: "edited" } } }]);
  const swept = await overtake(
    db,
    (tx) => tx.execute(sql`update automation_workflows set steps = ${edited} where id = ${workflow.id}`),
    () => sweepIfDue(db, clock),
  );
  expect(swept).toMatchObject([{ id: workflow.id, started: 1, onCooldown: 0 }]);
  const runs = await db.select().from(workflowRuns).where(eq(workflowRuns.workflowId, workflow.id));
  expect(runs).toMatchObject([{ memberId: member.id, stepId: 7 }]);
  expect(await sweepIfDue(db, clock)).toEqual([]);
});

test("a workflow that is deleted while somebody is enrolled leaves no run behind", async ({ database: { db } }) => {
  const member = await createMember(db);
  const { id: workflowId } = await createWorkflow(db, { trigger: { type: "manual", params: {} } });
  await requestEnrolment(db, { workflowId, memberId: member.id, tag: null, actorId: null });
  await overtake(
    db,
    (tx) => archiveWorkflow(tx, { workflowId, actorId: null }, clock),
    () => handleRequests(db, clock),
  );
  expect(await db.select().from(workflowRuns).where(eq(workflowRuns.workflowId, workflowId))).toEqual([]);
  expect(await db.select().from(requests)).toMatchObject([{ error: expect.stringContaining("switched off") }]);
});
