import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { communicationLogs, memberTags } from "#db/schema/index";
import { tryMessage, tryText } from "#messaging/try-message";
import { test } from "../../test/support/database.ts";
import { branchStep, clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import { tagStep } from "../../test/support/refusal.ts";
import { runDueSteps } from "../run-due-steps.ts";
import { sweep } from "../sweep.ts";
import type { Draft } from "./draft.ts";
import { tryWorkflow } from "./try-workflow.ts";

const links = { appUrl: "https://app.example" };
const tools = {
  tryMessage: (...[tx, message, clock]: Parameters<Parameters<typeof tryWorkflow>[2]["tryMessage"]>) =>
    tryMessage(tx, message, links, clock),
  tryText: (...[tx, text, clock]: Parameters<Parameters<typeof tryWorkflow>[2]["tryText"]>) =>
    tryText(tx, text, links, clock),
};

/** Ten in the morning in Zurich: nobody's quiet hours. */
const clock = { ...clockAt("2026-11-22"), now: new Date("2026-11-22T09:00:00Z") };

const draftOf = (draft: Partial<Draft>): Draft => ({
  ...{ name: "Draft", description: "", cooldownPeriodDays: 7, context: {}, exitWhen: [] },
  trigger: { type: "low_engagement", params: { inactive_days: 30 } },
  steps: [],
  ...draft,
});

const emailStep = (id: number, template_id: number) => ({
  id,
  action: { type: "send_email", params: { template_id } },
});

async function attempt(db: Db, memberId: number, draft: Partial<Draft>, { date = clock.today, at = clock } = {}) {
  const { id: workflowId } = await createWorkflow(db);
  return tryWorkflow(db, { workflowId, draft: draftOf(draft), memberId, date }, tools, at);
}

test("the path of a member: waits in the gym's zone, a branch, texts filled in, and the mail as they would get it", async ({
  tx,
}) => {
  const member = await createMember(tx, { firstName: "Mara", lastName: "Keller", visits: ["2026-10-19"] });
  const template = await createTemplate(tx, {
    subject: "{{ days_inactive }} days, {{ member_first_name }}",
    bodyHtml: "<p>Since {{ last_visit_on }}. {{ season }}</p>",
  });
  const trial = await attempt(tx, member.id, {
    context: { season: "Winter" },
    steps: [
      emailStep(1, template.id),
      // Over the change to summer time: the same hour of the clock.
      { id: 2, wait: { days: 150, hours: 2 } },
      branchStep(
        3,
        { type: "visited_since_start", params: {} },
        [tagStep(4)],
        [{ id: 5, action: { type: "assign_task_to_staff", params: { description: "Call {{ member_first_name }}" } } }],
      ),
      tagStep(6),
    ],
  });
  expect(trial).toMatchObject({ name: "Mara Keller", date: "2026-11-22", wouldStart: true });
  expect(trial.rules.map(({ rule }) => rule)).toContain("trigger");
  expect(trial.steps.map(({ stepId, at, outcome, side }) => [stepId, at, outcome, side])).toEqual([
    [1, "2026-11-22T09:00:00.000Z", "done", null],
    [2, "2027-04-21T10:00:00.000Z", "done", null],
    [3, "2027-04-21T10:00:00.000Z", "done", "else"],
    [5, "2027-04-21T10:00:00.000Z", "done", null],
    [6, "2027-04-21T10:00:00.000Z", "done", null],
  ]);
  expect(trial.end).toEqual({ at: "2027-04-21T10:00:00.000Z", status: "done", reason: null });
  const [mail, , , task, tag] = trial.steps;
  expect(mail?.message).toMatchObject({
    channel: "email",
    subject: "34 days, Mara",
    recipient: member.email,
    problems: [],
  });
  expect(mail?.message?.html).toContain("Since 19 October 2026. Winter");
  // Whoever tries must not be able to stop the member's mail.
  expect(mail?.message?.html).toContain('href="https://app.example/unsubscribe"');
  expect(task?.effects).toContainEqual({ label: "What to do", value: "Call Mara" });
  expect([tag?.label, tag?.effects]).toEqual(["Add a tag: x", [{ label: "Tag", value: "x" }]]);
});

test("a message that would not go out says why, and one at night when it would", async ({ tx }) => {
  const template = await createTemplate(tx);
  const steps = [emailStep(1, template.id)];
  const refused = await createMember(tx, { emailConsent: false });
  expect((await attempt(tx, refused.id, { steps })).steps).toMatchObject([
    { outcome: "skipped", reason: "Has not agreed to messages of this kind", message: { subject: "Hello Ada" } },
  ]);
  const nowhere = await createMember(tx, { email: null });
  expect((await attempt(tx, nowhere.id, { steps })).steps).toMatchObject([
    { outcome: "skipped", reason: "No address on file for this channel" },
  ]);
  await tx.execute(sql`update gym_settings set quiet_hours_start = '20:00', quiet_hours_end = '09:00'`);
  const member = await createMember(tx);
  const night = { ...clock, now: new Date("2026-11-22T20:00:00Z") };
  expect((await attempt(tx, member.id, { steps }, { at: night })).steps).toMatchObject([
    { outcome: "done", waitsUntil: "2026-11-23T08:00:00.000Z", message: {} },
  ]);
  await tx.execute(sql`update users set time_zone = 'America/New_York' where id = ${member.id}`);
  expect((await attempt(tx, member.id, { steps }, { at: night })).steps).toMatchObject([{ waitsUntil: null }]);
});

test("the cap counts what left, and what the trial itself would have sent", async ({ tx }) => {
  await tx.execute(sql`update gym_settings set daily_cap = 1, weekly_cap = 3`);
  const template = await createTemplate(tx);
  const service = await createTemplate(tx, { class: "service", channel: "sms", bodyHtml: null });
  const member = await createMember(tx, { phone: "+41791234567" });
  const sms = { id: 3, action: { type: "send_sms", params: { template_id: service.id } } };
  const steps = [
    emailStep(1, template.id),
    emailStep(2, template.id),
    sms,
    { id: 4, wait: { days: 1 } },
    emailStep(5, template.id),
  ];
  const outcomes = async () => (await attempt(tx, member.id, { steps })).steps.map(({ outcome }) => outcome);
  expect(await outcomes()).toEqual(["done", "skipped", "done", "done", "done"]);
  await tx.insert(communicationLogs).values({
    ...{ channel: "email", class: "marketing", memberId: member.id, status: "sent", recipient: member.email },
    ...{ queuedAt: clock.now, firstTriedAt: clock.now, sentAt: clock.now },
  });
  expect(await outcomes()).toEqual(["skipped", "skipped", "done", "done", "done"]);
});

test("what waits for the morning is counted by the cap of that day", async ({ tx }) => {
  await tx.execute(sql`update gym_settings set quiet_hours_start = '20:00', quiet_hours_end = '09:00', daily_cap = 1`);
  const template = await createTemplate(tx);
  const member = await createMember(tx);
  const steps = [emailStep(1, template.id), emailStep(2, template.id)];
  const night = { ...clock, now: new Date("2026-11-22T20:00:00Z") };
  expect((await attempt(tx, member.id, { steps }, { at: night })).steps).toMatchObject([
    { outcome: "done", waitsUntil: "2026-11-23T08:00:00.000Z" },
    { outcome: "skipped", waitsUntil: null, reason: "Had enough messages already these days" },
  ]);
});

test("S38: while marketing email is paused a trial says so, of it alone", async ({ tx }) => {
  await tx.execute(sql`update complaint_watch set paused_at = ${clock.now}::timestamptz`);
  const marketing = await createTemplate(tx);
  const service = await createTemplate(tx, { class: "service" });
  const member = await createMember(tx);
  const { steps } = await attempt(tx, member.id, { steps: [emailStep(1, marketing.id), emailStep(2, service.id)] });
  expect(steps).toMatchObject([
    { outcome: "skipped", waitsUntil: null, reason: "Marketing email is paused: too much of it was reported as spam" },
    { outcome: "done" },
  ]);
});

test("a rule that ends the run ends the path, at once or after a wait", async ({ tx }) => {
  const member = await createMember(tx, { expiresOn: "2026-11-30" });
  await tx.insert(memberTags).values({ memberId: member.id, tag: "vip" });
  const exit = await attempt(tx, member.id, {
    steps: [tagStep(1), tagStep(2)],
    exitWhen: [{ type: "has_tag", params: { tag: "vip" } }],
  });
  expect(exit.steps).toMatchObject([{ stepId: 1, outcome: "skipped", reason: "An exit condition was met first" }]);
  expect(exit.end).toMatchObject({ status: "exited" });
  const left = await attempt(tx, member.id, { steps: [tagStep(1), { id: 2, wait: { days: 14 } }, tagStep(3)] });
  expect(left.steps.map(({ outcome }) => outcome)).toEqual(["done", "done", "skipped"]);
  expect(left.end).toEqual({
    at: "2026-12-06T09:00:00.000Z",
    status: "exited",
    reason: "No longer in the workflow's audience",
  });
});

test("on another day the trigger is asked as of that day, at the hour of its sweep", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-11-01"] });
  const steps = [tagStep(1)];
  const today = await attempt(tx, member.id, { steps });
  expect(today.wouldStart).toBe(false);
  expect(today.rules.find(({ isMet }) => !isMet)).toMatchObject({
    rule: "trigger",
    seen: expect.stringContaining("Days since the last visit, or since joining: 21"),
  });
  expect(today.steps).toMatchObject([{ outcome: "done" }]);
  const later = await attempt(tx, member.id, { steps }, { date: "2026-12-01" });
  expect(later).toMatchObject({ wouldStart: true, steps: [{ at: "2026-12-01T03:00:00.000Z" }] });
  await expect(attempt(tx, member.id, { steps }, { date: "2036-01-01" })).rejects.toMatchObject({
    fields: { date: expect.any(String) },
  });
});

test("a draft that is not sound, or nobody, is said so", async ({ tx }) => {
  const member = await createMember(tx);
  await expect(attempt(tx, member.id, { steps: [] })).rejects.toMatchObject({
    status: 422,
    fields: { steps: "A workflow needs at least one step" },
  });
  await expect(attempt(tx, 999_999, { steps: [tagStep(1)] })).rejects.toMatchObject({ code: "not_found" });
});

test("E22: a trial writes nothing, in any table, and the database would refuse it if it did", async ({
  database: { db },
}) => {
  const member = await createMember(db, { phone: "+41791234567" });
  const [email, inApp, sms] = [
    await createTemplate(db),
    await createTemplate(db, { channel: "in_app" }),
    await createTemplate(db, { channel: "sms" }),
  ];
  const action = (id: number, type: string, params: object) => ({ id, action: { type, params } });
  const steps = [
    emailStep(1, email.id),
    action(2, "send_in_app_notification", { template_id: inApp.id }),
    action(3, "send_sms", { template_id: sms.id }),
    tagStep(4),
    action(5, "remove_tag", { tag: "x" }),
    action(6, "assign_task_to_staff", {}),
    action(7, "offer_discount", { offer_code: "BACK20", description: "For {{ member_first_name }}" }),
    action(8, "grant_credits", { amount: 5 }),
    { id: 9, wait: { days: 1 } },
    branchStep(
      10,
      {
        any: [
          { type: "has_tag", params: { tag: "x" } },
          { type: "clicked_last_message", params: {} },
        ],
      },
      [tagStep(11)],
    ),
  ];
  const { id: workflowId } = await createWorkflow(db);
  const countRows = async () => {
    const { rows } = await db.execute(sql`
      select relname,
             (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', relname), false, true, '')))[1]::text as rows
      from pg_stat_user_tables where schemaname = 'public' order by relname`);
    return rows;
  };
  const before = await countRows();
  const asked = { workflowId, draft: draftOf({ steps }), memberId: member.id, date: clock.today };
  const trial = await tryWorkflow(db, asked, tools, clock);
  expect(trial.steps.map(({ stepId }) => stepId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await countRows()).toEqual(before);

  const writing = {
    ...tools,
    tryText: async (...[tx]: Parameters<typeof tools.tryText>) => {
      await tx.insert(memberTags).values({ memberId: member.id, tag: "written" });
      return { text: "" };
    },
  };
  await expect(tryWorkflow(db, asked, writing, clock)).rejects.toMatchObject({ cause: { code: "25006" } });
  await db.execute(sql`truncate users, automation_workflows, communication_templates cascade`);
});

test("what a trial says is what then happens", async ({ tx }) => {
  const member = await createMember(tx, { firstName: "Mara", visits: ["2026-10-19"] });
  const template = await createTemplate(tx, { subject: "{{ days_inactive }} days", bodyText: "Hello {{ team }}" });
  const steps = [{ ...emailStep(1, template.id), context: { team: "Red" } }, tagStep(2)];
  const trigger = { type: "low_engagement", params: { inactive_days: 30 } };
  const { id: workflowId } = await createWorkflow(tx, { trigger, steps });
  const asked = { workflowId, draft: draftOf({ trigger, steps }), memberId: member.id, date: clock.today };
  const trial = await tryWorkflow(tx, asked, tools, clock);
  const mailbox = createMailbox();
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock, {});
  await deliver(tx, clock, mailbox.provider);
  const [mail] = mailbox.taken();
  const neutral = (text: string | undefined) => text?.replaceAll(/\/unsubscribe\/\d+/g, "/unsubscribe");
  expect(trial.steps[0]?.message).toMatchObject({
    subject: mail?.subject,
    text: neutral(mail?.text),
    html: neutral(mail?.html),
    recipient: mail?.to,
  });
  expect(await tx.select().from(memberTags)).toMatchObject([{ memberId: member.id, tag: "x" }]);
});
