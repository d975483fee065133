import { fork } from "node:child_process";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { readClock } from "#engine/clock";
import { stopRuns } from "#engine/end-stopped";
import { deliverDue } from "#messaging/deliver";
import type { Outgoing, Provider } from "#messaging/provider";
import { createOutbox } from "#messaging/providers/outbox";
import { createResend } from "#messaging/providers/resend";
import { createSmtp } from "#messaging/providers/smtp";
import { median, type Print, time, whole, withGym } from "./measure.ts";

/** As long as a mail of our starters, layout and all. */
const bodyHtml = `<p>Hi {{ member_first_name | default: "there" }},</p>\n${"<p>The first visit is the hardest one, so let us make it easy: choose a day for it now.</p>\n".repeat(5)}`;

type Sinks = { httpUrl: string; smtpUrl: string };

/** Messages that are owed, from their claim to the answer that is written, beside the same mails handed over by themselves. */
export async function benchDelivery(members: number, repetitions: number, print: Print = console.log): Promise<void> {
  const sink = fork(new URL("./sink-process.ts", import.meta.url), { execArgv: ["--import", "tsx"] });
  const [{ httpUrl, smtpUrl }] = (await once(sink, "message")) as [Sinks];
  const resend = createResend({ apiKey: "re_bench", baseUrl: httpUrl, requestsPerSecond: 1000 });
  const ways = [
    { name: "HTTP, batches of 100", provider: { ...resend, requestsPerSecond: undefined }, goal: 0.5 },
    { name: "SMTP, pooled", provider: createSmtp({ url: smtpUrl }), goal: 0.8 },
  ];
  try {
    await withGym({ members, visitsPerMember: 1 }, async ({ db }) => {
      await db.execute(sql`update gym_settings set quiet_hours_start = '00:00', quiet_hours_end = '00:00'`);
      await createWorkflow(db);
      for (const { name, provider, goal } of ways) {
        const ours: number[] = [];
        const bare: number[] = [];
        for (let repetition = 0; repetition < repetitions; repetition++) {
          await oweToAll(db);
          ours.push(await time(() => deliver(db, provider)));
          const mails = await loadMails(db);
          bare.push(await time(() => handOver(mails, provider)));
        }
        const share = median(bare) / median(ours);
        print(
          `${name}: ${perSecond(members, ours)}, bare ${perSecond(members, bare)}: ${share.toFixed(2)} × (goal ≥ ${goal}); ${whole(process.memoryUsage().rss / 1_048_576)} MiB`,
        );
      }
    });
  } finally {
    for (const { provider } of ways) {
      provider.close?.();
    }
    sink.disconnect();
  }
}

const perSecond = (count: number, samples: number[]) => `${whole((count / median(samples)) * 1000)} messages/s`;

async function createWorkflow(db: Db) {
  await db.execute(sql`
    insert into communication_templates (name, channel, subject, body_html)
    values ('Hello', 'email', 'Hello {{ member_first_name }}', ${bodyHtml})`);
  await db.execute(sql`
    insert into automation_workflows (name, trigger, steps, is_enabled)
    values ('Hello', '{"type": "manual", "params": {}}', '[{"id": 1, "action": {"type": "add_tag", "params": {"tag": "a"}}}]', true)`);
  await db.execute(sql`
    insert into consent_events (member_id, channel, class, is_granted, source)
    select id, 'email', 'marketing', true, 'bench' from users where role = 'member' order by id`);
}

/** One message to each member. What was sent before is long ago, and in no cap's way. */
async function oweToAll(db: Db) {
  await db.execute(sql`truncate communication_logs, message_bodies, body_frames, workflow_runs cascade`);
  await db.execute(sql`
    with runs as (
      insert into workflow_runs (workflow_id, version_id, member_id, status, started_on, started_at, ended_at)
      select w.id, w.live_version_id, u.id, 'done', current_date, now(), now()
      from automation_workflows w, users u where u.role = 'member' order by u.id
      returning id, member_id, workflow_id)
    insert into communication_logs
      (channel, class, member_id, run_id, step_id, workflow_id, template_id, template_version_id, due_at, queued_at)
    select 'email', 'marketing', member_id, runs.id, 1, workflow_id, t.id, t.live_version_id, now(), now()
    from runs, communication_templates t`);
  await db.execute(sql`vacuum analyze communication_logs, message_bodies, workflow_runs, users, consent_events`);
}

async function deliver(db: Db, email: Provider) {
  const links = {
    appUrl: "https://app.example",
    unsubscribeUrl: (id: number) => `https://app.example/unsubscribe/${id}`,
  };
  const { messages } = await deliverDue(db, () => readClock(db), { email, sms: createOutbox("sms"), stopRuns, links });
  const { rows } = await db.execute<{ sent: number }>(
    sql`select count(*)::int as sent from communication_logs where status = 'sent'`,
  );
  if (rows[0]?.sent !== messages || messages === 0) {
    throw new Error(`${messages} messages delivered, ${rows[0]?.sent} written`);
  }
}

/** The mails as they went out, in the requests in which they went. */
async function loadMails(db: Db): Promise<Outgoing[]> {
  const { rows } = await db.execute<Outgoing>(sql`
    select m.id as "messageId", 'message/' || m.id as "idempotencyKey", m.recipient as "to", b.from_address as "fromAddress",
           b.from_name as "fromName", b.subject, b.html, b.text, b.headers
    from communication_logs m join message_texts b on b.message_id = m.id order by m.id`);
  return rows;
}

async function handOver(mails: Outgoing[], { send, batchSize }: Provider) {
  for (let start = 0; start < mails.length; start += batchSize) {
    await send(mails.slice(start, start + batchSize), `request/${start}`);
  }
}
