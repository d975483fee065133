import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { one } from "#lib/rows";
import { type Gym, median, ms, type Print, time, whole, withGym } from "./measure.ts";

type Call = (request: Request) => Promise<Response>;
type Told = { id: string; to: string };

const key = randomBytes(32);
const membersPerMessage = 10;
const burstMs = 60_000;

/** How long providers wait for our answer in a burst of bad news, in a gym that has sent much; and what its index costs who sends. */
export async function benchWebhook(messages: number, events: number, print: Print = console.log): Promise<void> {
  await withGym({ members: Math.ceil(messages / membersPerMessage), visitsPerMember: 1 }, async (gym) => {
    await fillMonth(gym.db, messages);
    const call = await openRoute(gym);
    const bursts = {
      delivered: ["delivered"],
      "complaints and bounces": ["complained", "bounced"],
      complaints: ["complained"],
    };
    for (const [name, types] of Object.entries(bursts)) {
      const samples = await burst(gym.db, call, types, events);
      const { complaints, sends, paused } = await readWatch(gym.db);
      print(
        `${whole(events)} events in a minute, ${name}: ${percentiles(samples)} (goal p99 ≤ 200 ms); counted ${complaints} of ${whole(sends)}${paused ? ", paused" : ""}`,
      );
      await forget(gym.db);
    }
    await printCostOfIndex(gym.db, messages, print);
  });
}

/** Ten mails to each member in the last thirty days, all of them delivered, and told so. */
async function fillMonth(db: Db, messages: number) {
  await db.execute(sql`
    insert into communication_logs
      (channel, class, member_id, recipient, status, queued_at, first_tried_at, sent_at, attempts, provider, provider_message_id)
    select 'email', case when n % 10 = 0 then 'service' else 'marketing' end, u.id, u.email, 'delivered', at, at, at, 1, 'resend', 'month-' || n
    from generate_series(1, ${messages}::int) n
    join users u on u.id = (select min(id) from users) + n / ${membersPerMessage}::int,
    lateral (select now() - (${messages}::int - n) * (interval '30 days' / ${messages}::int) as at) sent`);
  await db.execute(sql`
    insert into message_events (provider, event_id, type, provider_message_id, message_id, address_hash, state, occurred_at, received_at, body)
    select 'resend', 'delivered-' || id, 'delivered', provider_message_id, id, encode(sha256(convert_to(recipient, 'UTF8')), 'hex'), 'applied',
           sent_at, sent_at, repeat('x', 300)
    from communication_logs`);
  await db.execute(sql`vacuum analyze`);
}

/** The route as a web process has it. */
async function openRoute({ url }: Gym): Promise<Call> {
  Object.assign(process.env, {
    DATABASE_URL: url,
    APP_URL: "https://app.example",
    AUTH_SECRET: "x".repeat(40),
    RESEND_WEBHOOK_SECRET: `whsec_${key.toString("base64")}`,
    LOG_LEVEL: "error",
  });
  const { POST } = await import("#app/api/webhooks/resend/route");
  return POST;
}

function requestOf(type: string, { id, to }: Told): Request {
  const at = new Date();
  const data = {
    email_id: id,
    to: [to],
    ...(type === "bounced" && { bounce: { type: "Permanent", message: "No such user" } }),
  };
  const body = JSON.stringify({ type: `email.${type}`, created_at: at.toISOString(), data });
  const eventId = randomUUID();
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac("sha256", key).update(`${eventId}.${timestamp}.${body}`).digest("base64");
  return new Request("https://app.example/api/webhooks/resend", {
    method: "POST",
    body,
    headers: { "svix-id": eventId, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` },
  });
}

/** Evenly over a minute, nobody waiting for the answer of the one before. */
async function burst(db: Db, call: Call, types: string[], events: number): Promise<number[]> {
  const { rows } = await db.execute<Told>(sql`
    select provider_message_id as id, recipient as to from communication_logs
    where class = 'marketing' and status = 'delivered' and sent_at > now() - interval '6 days'
    order by hashint8(id) limit ${events}`);
  const calls = rows.map(async (told, index) => {
    await wait((index * burstMs) / events);
    const request = requestOf(types[index % types.length] ?? "", told);
    return time(async () => {
      const { status } = await call(request);
      if (status !== 200) {
        throw new Error(`answered ${status}`);
      }
    });
  });
  return Promise.all(calls);
}

async function readWatch(db: Db) {
  const { rows } = await db.execute<{ complaints: number; sends: number; paused: boolean }>(sql`
    select complaints, sends, paused_at is not null as paused from complaint_watch`);
  return one(rows);
}

/** As before the burst. */
async function forget(db: Db) {
  await db.execute(sql`
    update communication_logs m set status = 'delivered', error_message = null
    from message_events e where e.message_id = m.id and e.type in ('complained', 'bounced')`);
  await db.execute(sql`delete from message_events where type in ('complained', 'bounced')`);
  await db.execute(sql`truncate suppressions`);
  await db.execute(sql`update complaint_watch set complaints = 0, sends = 0, paused_at = null`);
}

/** What writing down that mails left takes, a hundred at a time as calls do, with the index of when they did and without. */
async function printCostOfIndex(db: Db, messages: number, print: Print) {
  const settle = async () => {
    const samples: number[] = [];
    for (let batch = 0; batch < 100; batch++) {
      samples.push(
        await time(() =>
          db.execute(sql`
            update communication_logs set sent_at = now(), status = 'sent'
            where id in (select id from communication_logs where id > ${Math.floor((batch * messages) / 100)}::bigint order by id limit 100)`),
        ),
      );
    }
    return samples;
  };
  const { rows } = await db.execute<{ bytes: number }>(
    sql`select pg_relation_size('communication_logs_sent')::float8 as bytes`,
  );
  const { bytes } = one(rows);
  await settle();
  const withIndex: number[] = [];
  const without: number[] = [];
  for (let round = 0; round < 3; round++) {
    withIndex.push(...(await settle()));
    await db.execute(sql`drop index communication_logs_sent`);
    without.push(...(await settle()));
    await db.execute(sql`
      create index communication_logs_sent on communication_logs (sent_at) where channel = 'email' and sent_at is not null`);
  }
  print(
    `100 mails written down as sent: ${ms(median(withIndex))} with the index of when they left (${whole(bytes / 1_048_576)} MiB), ${ms(median(without))} without`,
  );
}

function percentiles(samples: number[]) {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) =>
    ms(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return `p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}`;
}
