import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { communicationLogs, users } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";

const clock = clockAt("2026-11-22");
const later = (hours: number) => ({ ...clock, now: new Date(clock.now.getTime() + hours * 3_600_000) });

test("E58: who changes their address between two emails gets the second at the new one", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-01-01"], email: "old@example.com" });
  const [first, second] = [await createTemplate(tx), await createTemplate(tx)];
  const send = (id: number, template: { id: number }) => ({
    id,
    action: { type: "send_email", params: { template_id: template.id } },
  });
  await createWorkflow(tx, { steps: [send(1, first), { id: 2, wait: { days: 1 } }, send(3, second)] });
  const mailbox = createMailbox();
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  await deliver(tx, clock, mailbox.provider);
  await tx.update(users).set({ email: "new@example.com" }).where(eq(users.id, member.id));
  await runDueSteps(tx, () => later(25));
  await deliver(tx, later(25), mailbox.provider);
  expect(mailbox.taken().map(({ to }) => to)).toEqual(["old@example.com", "new@example.com"]);
  const rows = await tx.select().from(communicationLogs).orderBy(communicationLogs.id);
  expect(rows.map(({ recipient }) => recipient)).toEqual(["old@example.com", "new@example.com"]);
});

test("E72: credits are granted once, however long the email about them is tried", async ({ tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    steps: [
      { id: 1, action: { type: "grant_credits", params: { amount: 5, reason: "Come back" } } },
      { id: 2, action: { type: "send_email", params: { template_id: template.id } } },
    ],
  });
  await sweep(tx, clock);
  const failing = createMailbox(({ messageId }) => ({ messageId, outcome: "retry", error: "503" }));
  for (let hours = 0; hours <= 26; hours += 1) {
    await runDueSteps(tx, () => later(hours));
    await deliver(tx, later(hours), failing.provider);
  }
  const { rows } = await tx.execute(sql`select sum(amount)::int as credits from credit_entries`);
  expect(rows).toEqual([{ credits: 5 }]);
  expect(await tx.select().from(communicationLogs)).toMatchObject([{ status: "failed", reason: "gave_up" }]);
  const { rows: steps } = await tx.execute(sql`select step_id as step, outcome from automation_logs order by step_id`);
  expect(steps).toEqual([
    { step: 1, outcome: "done" },
    { step: 2, outcome: "failed" },
  ]);
});
