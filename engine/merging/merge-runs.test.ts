import { asc, sql } from "drizzle-orm";
import { expect } from "vitest";
import { type Db, type Tx, withTransaction } from "#db/client";
import { communicationLogs, memberTags, workflowRuns } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver, live } from "../../test/support/journey.ts";
import { until } from "../../test/support/until.ts";
import { claimRuns } from "../claim.ts";
import { executeClaim } from "../execute.ts";
import { runDueSteps } from "../run-due-steps.ts";
import { sweep } from "../sweep.ts";
import { mergeMembers } from "./merge-members.ts";

const clock = clockAt("2026-11-22");
const clockOn = (days: number) => clockAt(addDays(clock.today, days));
const away = { visits: ["2026-01-01"] };

const merge = (db: Db | Tx, keep: { id: number }, drop: { id: number }, at = clock) =>
  withTransaction(db, (tx) => mergeMembers(tx, { keep: keep.id, drop: drop.id }, null, at));

const runsOf = (db: Db) => db.select().from(workflowRuns).orderBy(asc(workflowRuns.id));

test("E45: of two runs of one workflow the survivor's own goes on, the other ends and says why", async ({ tx }) => {
  const [keep, drop] = [await createMember(tx, away), await createMember(tx, away)];
  await createWorkflow(tx);
  await sweep(tx, clock);
  expect(await merge(tx, keep, drop)).toMatchObject({ runsEnded: 1 });
  expect(await runsOf(tx)).toMatchObject([
    { memberId: keep.id, status: "active" },
    { memberId: keep.id, status: "cancelled", reason: "merged", endedAt: clock.now },
  ]);
  await runDueSteps(tx, () => clock);
  expect(await runsOf(tx)).toMatchObject([{ status: "done" }, { status: "cancelled" }]);
});

test("E45: the run that has done more goes on: its steps are not done again", async ({ tx }) => {
  const [keep, drop] = [await createMember(tx), await createMember(tx, away)];
  await createWorkflow(tx, {
    steps: [
      { id: 1, action: { type: "grant_credits", params: { amount: 5 } } },
      { id: 2, wait: { days: 1 } },
      { id: 3, action: { type: "grant_credits", params: { amount: 7 } } },
    ],
    trigger: { type: "low_engagement", params: { inactive_days: 30 } },
  });
  await tx.execute(sql`update users set join_date = '2026-11-01' where id = ${keep.id}`);
  await live(tx, clock);
  await tx.execute(sql`update users set join_date = '2020-01-01' where id = ${keep.id}`);
  await sweep(tx, clock, { noBrake: true });
  expect(await runsOf(tx)).toMatchObject([
    { memberId: drop.id, status: "waiting" },
    { memberId: keep.id, status: "active" },
  ]);
  await merge(tx, keep, drop);
  await live(tx, clock);
  await live(tx, clockOn(1));
  const { rows } = await tx.execute(sql`select member_id as "memberId", amount::int from credit_entries order by id`);
  expect(rows).toEqual([
    { memberId: keep.id, amount: 5 },
    { memberId: keep.id, amount: 7 },
  ]);
});

test("E45: a happening that one answered is answered for both, and the history stays", async ({ tx }) => {
  const born = { birthDate: "1990-11-22" };
  await createWorkflow(tx, { trigger: { type: "birthday", params: {} }, cooldownPeriodDays: 0 });
  const drop = await createMember(tx, born);
  await live(tx, clock);
  const keep = await createMember(tx, born);
  await merge(tx, keep, drop);
  await live(tx, clock);
  await live(tx, clockOn(1));
  expect(await runsOf(tx)).toMatchObject([{ memberId: keep.id, occurrence: "birthday:2026", status: "done" }]);
});

test("E45: a happening that both answered stays named once", async ({ tx }) => {
  const born = { birthDate: "1990-11-22" };
  await createWorkflow(tx, { trigger: { type: "birthday", params: {} } });
  const [keep, drop] = [await createMember(tx, born), await createMember(tx, born)];
  await live(tx, clock);
  await merge(tx, keep, drop);
  expect(await runsOf(tx)).toMatchObject([
    { memberId: keep.id, occurrence: "birthday:2026" },
    { memberId: keep.id, occurrence: null, status: "done" },
  ]);
  const { rows } = await tx.execute(
    sql`select count(*)::int as count from automation_logs where member_id = ${keep.id}`,
  );
  expect(rows).toEqual([{ count: 2 }]);
});

test("E45: the later of two cooldowns holds, and a baseline of either", async ({ tx }) => {
  const [keep, drop] = [await createMember(tx), await createMember(tx)];
  const both = await createWorkflow(tx);
  const one = await createWorkflow(tx);
  await tx.execute(sql`
    insert into member_workflow_state (workflow_id, member_id, cooldown_until)
    values (${both.id}, ${keep.id}, '2026-11-25'), (${both.id}, ${drop.id}, '2026-11-29'), (${one.id}, ${drop.id}, '2026-11-28')`);
  await tx.execute(sql`
    insert into baselines (workflow_id, member_id, occurrence) values (${one.id}, ${drop.id}, ''), (${one.id}, ${keep.id}, '')`);
  await merge(tx, keep, drop);
  const { rows } = await tx.execute(sql`
    select workflow_id as id, cooldown_until::text as until from member_workflow_state where member_id = ${keep.id} order by 1`);
  expect(rows).toEqual([
    { id: both.id, until: "2026-11-29" },
    { id: one.id, until: "2026-11-28" },
  ]);
  expect((await tx.execute(sql`select from baselines where member_id = ${keep.id}`)).rows).toHaveLength(1);
});

test("E45: messages that both are owed go out once, to the survivor", async ({ tx }) => {
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    trigger: { type: "birthday", params: {} },
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  const born = { birthDate: "1990-11-22" };
  const [keep, drop] = [await createMember(tx, born), await createMember(tx, born)];
  const alone = await createMember(tx, born);
  await sweep(tx, clock, { noBrake: true });
  await runDueSteps(tx, () => clock);
  expect(await merge(tx, keep, drop)).toMatchObject({ messagesSkipped: 1 });
  const other = await createMember(tx, { email: "other@example.com" });
  await merge(tx, other, alone);
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken().map(({ to }) => to)).toEqual([keep.email, "other@example.com"]);
  expect(await tx.select().from(communicationLogs).orderBy(communicationLogs.id)).toMatchObject([
    { memberId: keep.id, status: "sent" },
    { memberId: keep.id, status: "skipped", reason: "merged" },
    { memberId: other.id, status: "sent" },
  ]);
  const { rows } = await tx.execute(sql`select outcome, reason from automation_logs order by id`);
  expect(rows).toEqual([
    { outcome: "done", reason: null },
    { outcome: "skipped", reason: "merged" },
    { outcome: "done", reason: null },
  ]);
});

test("E45: what one was sent already the other is not sent any more", async ({ tx }) => {
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    trigger: { type: "birthday", params: {} },
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  const born = { birthDate: "1990-11-22" };
  const [keep, drop] = [await createMember(tx, born), await createMember(tx, born)];
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  await tx.execute(
    sql`update communication_logs set due_at = due_at + interval '5 hours' where member_id = ${keep.id}`,
  );
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  await merge(tx, keep, drop);
  await deliver(tx, clockOn(1), mailbox.provider);
  expect(mailbox.taken().map(({ to }) => to)).toEqual([drop.email]);
});

test("E45: a worker that claimed the second record's run has lost it, and it is done for the survivor", async ({
  database: { db },
}) => {
  const [keep, drop] = [await createMember(db, { joinDate: "2026-11-01" }), await createMember(db, away)];
  await createWorkflow(db);
  await sweep(db, clock);
  const claim = await claimRuns(db, clock);
  await merge(db, keep, drop);
  expect(await (claim && executeClaim(db, claim, clock))).toMatchObject({ steps: 0 });
  expect(await db.select().from(memberTags)).toEqual([]);
  await runDueSteps(db, () => clock);
  expect(await db.select().from(memberTags)).toMatchObject([{ memberId: keep.id, tag: "absent" }]);
  await db.execute(sql`update automation_workflows set is_enabled = false`);
});

test("E45: a worker in the middle of their steps is waited for, and nothing is done twice", async ({
  database: { db },
}) => {
  await db.execute(sql`delete from member_tags`);
  const keep = await createMember(db, away);
  const other = await createMember(db, away);
  const drop = await createMember(db, away);
  await createWorkflow(db, {
    steps: [
      { id: 1, action: { type: "grant_credits", params: { amount: 5 } } },
      { id: 2, wait: { hours: 1 } },
      { id: 3, action: { type: "grant_credits", params: { amount: 7 } } },
    ],
  });
  await sweep(db, clock, { noBrake: true });
  const claim = await claimRuns(db, clock);
  expect(claim?.runs).toHaveLength(3);
  let merged: Promise<unknown> | undefined;
  await withTransaction(db, async (tx) => {
    // Locks the runs first; the effects come while the other waits.
    await tx.execute(sql`select from workflow_runs where ended_at is null order by id for no key update`);
    merged = merge(db, keep, drop);
    const waiting = sql`
      select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(
      async () => (await db.execute<{ count: number }>(waiting)).rows[0]?.count ?? 0,
      (count) => count > 0,
    );
    await (claim && executeClaim(tx, claim, clock));
  });
  await merged;
  await live(db, { ...clock, now: new Date(clock.now.getTime() + 3_600_000) });
  const { rows } = await db.execute(sql`
    select member_id as id, sum(amount)::int as sum, count(*)::int as count from credit_entries group by 1 order by 1`);
  // Both had been given the first before they were one; the second is given once.
  expect(rows).toEqual([
    { id: keep.id, sum: 17, count: 3 },
    { id: other.id, sum: 12, count: 2 },
  ]);
});

test("E45: a message that is being written in this moment is not waited for", async ({ database: { db } }) => {
  const [keep, drop] = [await createMember(db), await createMember(db)];
  await db.execute(sql`
    insert into communication_logs (channel, class, member_id, queued_at, status) values ('email', 'service', ${drop.id}, now(), 'sent')`);
  await withTransaction(db, async (tx) => {
    await tx.execute(sql`select from communication_logs where member_id = ${drop.id} for no key update`);
    await expect(merge(db, keep, drop)).rejects.toThrow("Try again in a moment");
  });
  expect(await merge(db, keep, drop)).toMatchObject({ moved: { messages: 1 } });
});

test("E45: an event in another's hands is not waited for, and told of the survivor, too", async ({
  database: { db },
}) => {
  const [keep, drop] = [await createMember(db), await createMember(db)];
  await db.execute(
    sql`insert into member_events (member_id, type, occurred_at) values (${drop.id}, 'visited', now()), (${drop.id}, 'renewed', now())`,
  );
  await withTransaction(db, async (tx) => {
    await tx.execute(sql`select from member_events where member_id = ${drop.id} and type = 'visited' for update`);
    await merge(db, keep, drop);
  });
  const { rows } = await db.execute(sql`
    select member_id as id, type from member_events where member_id in (${keep.id}, ${drop.id}) order by 1, 2`);
  expect(rows).toEqual([
    { id: keep.id, type: "renewed" },
    { id: keep.id, type: "visited" },
    { id: drop.id, type: "visited" },
  ]);
});
