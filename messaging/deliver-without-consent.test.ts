import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import type { Db } from "#db/client";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { createTestDatabase } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";

const clock = clockAt("2026-11-22");

async function countMessages(db: Db) {
  const { rows } = await db.execute(sql`
    select count(*) filter (where status = 'queued' and due_at is not null and lease_token is null)::int as owed,
           count(*) filter (where status = 'sent')::int as sent,
           (select count(*)::int from notifications) as notifications,
           (select count(*)::int from message_bodies) as bodies
    from communication_logs`);
  return rows[0];
}

test.each([
  { channel: "email", type: "send_email", mails: 2, notifications: 0 },
  { channel: "in_app", type: "send_in_app_notification", mails: 0, notifications: 2 },
] as const)("while nobody can say who agreed nothing leaves by $channel, and then each once", async (given) => {
  const { db, drop } = await createTestDatabase();
  onTestFinished(drop);
  const { channel, type, mails, notifications } = given;
  await createMember(db, { visits: ["2026-01-01"] });
  await createMember(db);
  const template = await createTemplate(db, { channel });
  await createWorkflow(db, { steps: [{ id: 1, action: { type, params: { template_id: template.id } } }] });
  await sweep(db, clock);
  await runDueSteps(db, () => clock);
  const mailbox = createMailbox();

  await db.execute(sql`alter table consent_events rename to mislaid`);
  for (const _ of ["once", "again"]) {
    await expect(deliver(db, clock, mailbox.provider)).rejects.toMatchObject({ cause: { code: "42P01" } });
    expect(mailbox.taken()).toEqual([]);
    expect(await countMessages(db)).toEqual({ owed: 2, sent: 0, notifications: 0, bodies: 0 });
  }

  await db.execute(sql`alter table mislaid rename to consent_events`);
  expect(await deliver(db, clock, mailbox.provider)).toEqual({ messages: 2, failed: 0, waiting: 0 });
  expect(await deliver(db, clock, mailbox.provider)).toEqual({ messages: 0, failed: 0, waiting: 0 });
  expect(mailbox.taken()).toHaveLength(mails);
  expect(await countMessages(db)).toMatchObject({ owed: 0, sent: 2, notifications });
});
