import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { consentEvents } from "#db/schema/index";
import { stopRuns } from "#engine/end-stopped";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox } from "../test/support/journey.ts";
import { deliverDue } from "./deliver.ts";
import { createOutbox } from "./providers/outbox.ts";

const clock = clockAt("2026-11-22");
const links = {
  appUrl: "https://app.example",
  unsubscribeUrl: (id: number) => `https://app.example/unsubscribe/${id}`,
};

/** What members may have said before, oldest first: nothing, one thing, or first this and then that. */
const histories = [[], [true], [false], [true, false], [false, true], [true, false, true]];

const say = (db: Db, memberId: number, isGranted: boolean, createdAt: Date) =>
  db
    .insert(consentEvents)
    .values({ memberId, channel: "email", class: "marketing", isGranted, source: "test", createdAt });

/** Advertising that may have left without a yes that was the member's last word when it was claimed. */
async function countWithoutConsent(db: Db) {
  const { rows } = await db.execute<{ tried: number; wrong: number }>(sql`
    select count(*)::int as tried,
           (count(*) filter (where not coalesce((
              select e.is_granted from consent_events e
              where e.member_id = m.member_id and e.channel = m.channel and e.class = m.class
                and e.created_at <= m.first_tried_at
              order by e.id desc limit 1), false)))::int as wrong
    from communication_logs m
    where m.class = 'marketing' and m.channel in ('email', 'sms') and m.first_tried_at is not null`);
  return rows[0];
}

test("S36: of many advertisements none leaves without a consent that is valid when it is claimed", async ({
  database: { db },
}) => {
  const before = new Date(clock.now.getTime() - 3_600_000);
  const members: { id: number; lastWord: boolean }[] = [];
  for (let number = 0; number < 240; number++) {
    const { id } = await createMember(db, { visits: ["2026-01-01"], emailConsent: null });
    const history = histories[number % histories.length] ?? [];
    for (const isGranted of history) {
      await say(db, id, isGranted, before);
    }
    members.push({ id, lastWord: history.at(-1) ?? false });
  }
  const template = await createTemplate(db);
  await createWorkflow(db, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(db, clock, { noBrake: true });
  await runDueSteps(db, () => clock);

  // While a batch is on its way, every seventh member changes their mind.
  let seconds = 0;
  const now = () => new Date(clock.now.getTime() + seconds * 1_000);
  const mailbox = createMailbox();
  const email = {
    ...mailbox.provider,
    batchSize: 40,
    send: async (...[batch, key]: Parameters<typeof mailbox.provider.send>) => {
      if (seconds++ === 0) {
        for (const member of members.filter((_, place) => place % 7 === 0)) {
          // What is claimed meanwhile may see it or not: a no counts from a second later, a yes from the beginning.
          const at = member.lastWord ? new Date(now().getTime() + 500) : clock.now;
          await say(db, member.id, !member.lastWord, at);
        }
        seconds++;
      }
      return mailbox.provider.send(batch, key);
    },
  };
  const sms = createOutbox("sms");
  await deliverDue(db, () => ({ ...clock, now: now() }), { email, sms, stopRuns, links });

  const { tried = 0, wrong } = (await countWithoutConsent(db)) ?? {};
  expect(wrong).toBe(0);
  expect(tried).toBe(mailbox.taken().length);
  // Half of them agreed; some of those took it back in time, and some of the others agreed in time.
  expect(tried).toBeGreaterThan(90);
  expect(tried).toBeLessThan(150);
  const { rows } = await db.execute(sql`
    select status, reason, count(*)::int as count from communication_logs group by status, reason order by status`);
  expect(rows).toEqual([
    { status: "sent", reason: null, count: tried },
    { status: "skipped", reason: "no_consent", count: 240 - tried },
  ]);
});
