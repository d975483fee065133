import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { communicationLogs, memberOffers, notifications, users } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, fillText, live } from "../../test/support/journey.ts";

const clock = clockAt("2026-11-22");
const step = (id: number, type: string, params: Record<string, unknown> = {}) => ({ id, action: { type, params } });
const listOutcomes = sql`
  select step_id as step, action_type as action, outcome, reason, error_message as error
  from automation_logs order by id`;

test("E71: a step that fails for good is followed by the next, and the log shows both", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await tx.execute(sql`insert into offer_codes (code, remaining) values ('GONE', 0)`);
  const steps = [
    step(1, "offer_discount", { offer_code: "GONE" }),
    step(2, "offer_discount", { offer_code: "SAVE20" }),
  ];
  await createWorkflow(tx, { steps });
  await live(tx, clock);
  expect((await tx.execute(listOutcomes)).rows).toMatchObject([
    { step: 1, outcome: "failed", error: "The code GONE is used up" },
    { step: 2, outcome: "done", error: null },
  ]);
  expect(await tx.select().from(memberOffers)).toMatchObject([{ offerCode: "SAVE20" }]);
});

test.for(["send_email", "send_sms", "send_in_app_notification"])(
  "E66: %s without its template fails and is never a success",
  async (type, { tx }) => {
    const member = await createMember(tx, { visits: ["2026-01-01"] });
    const steps = [step(1, type, { template_id: 999 }), step(2, "add_tag", { tag: "after" })];
    const { id } = await createWorkflow(tx, { steps });
    await startRuns(tx, id, [member.id], clock);
    await runDueSteps(tx, () => clock, { fillText });
    expect((await tx.execute(listOutcomes)).rows).toMatchObject([
      { step: 1, outcome: "failed", error: "Template 999 does not exist" },
      { step: 2, outcome: "done" },
    ]);
    expect(await tx.select().from(communicationLogs)).toEqual([]);
  },
);

test.for([null, "", " ", "a@b", "a b@c.ch", "a@b.ch,evil@x.ch", "a@b.ch\r\nBcc: evil@x.ch", "<a@b.ch>"])(
  "E53: an email to %j is not handed over, and the next step follows",
  async (email, { tx }) => {
    await createMember(tx, { visits: ["2026-01-01"], email });
    const template = await createTemplate(tx);
    const send = step(1, "send_email", { template_id: template.id });
    await createWorkflow(tx, { steps: [send, step(2, "add_tag", { tag: "after" })] });
    const mailbox = createMailbox();
    await live(tx, clock, mailbox.provider);
    expect(mailbox.taken()).toEqual([]);
    expect((await tx.execute(listOutcomes)).rows).toMatchObject([
      { step: 1, outcome: "skipped", reason: "no_address" },
      { step: 2, outcome: "done" },
    ]);
  },
);

test("E44: who is erased between two steps gets nothing more of any kind, and keeps the log by id", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"] });
  await createMember(tx, { role: "staff" });
  const later = [
    step(3, "grant_credits", { amount: 5 }),
    step(4, "offer_discount", { offer_code: "SAVE20" }),
    step(5, "assign_task_to_staff", { assignee_rule: "round_robin" }),
  ];
  const steps = [step(1, "add_tag", { tag: "before" }), { id: 2, wait: { days: 1 } }, ...later];
  await createWorkflow(tx, { steps });
  await live(tx, clock);
  await tx.update(users).set({ erasedAt: clock.now, firstName: "", lastName: "", email: null });
  await live(tx, clockAt("2026-11-23"));
  expect((await tx.execute(listOutcomes)).rows).toMatchObject([
    { step: 1, outcome: "done" },
    { outcome: "skipped", reason: "member_gone" },
  ]);
  const { rows } = await tx.execute(sql`
    select r.status, r.reason, r.member_id as "memberId",
           (select count(*) from credit_entries) + (select count(*) from member_offers) + (select count(*) from staff_tasks) as effects
    from workflow_runs r`);
  expect(rows).toEqual([{ status: "cancelled", reason: "member_gone", memberId: member.id, effects: 0 }]);
});

test("E88: a notification is kept for a member who cannot sign in", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"], email: null });
  const template = await createTemplate(tx, { channel: "in_app" });
  await createWorkflow(tx, { steps: [step(1, "send_in_app_notification", { template_id: template.id })] });
  await live(tx, clock);
  expect(await tx.select().from(notifications)).toMatchObject([{ memberId: member.id, readAt: null }]);
  expect((await tx.execute(listOutcomes)).rows).toMatchObject([{ outcome: "done" }]);
});
