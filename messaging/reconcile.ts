import { setTimeout as wait } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import type { Clock } from "#lib/clock";
import { zonedInstant } from "#lib/zoned-instant";
import { recordEvent } from "./events/record-event.ts";
import type { Provider, TakenPage } from "./provider.ts";
import { takeIdleTurn } from "./provider-account.ts";
import { findSentSince } from "./sent-since.ts";

type Options = {
  /** Asked between requests: true leaves the rest to the next night. */
  shouldStop?: () => boolean;
  /** How long to leave the account to those who send before asking for a turn again. */
  lookAgainMs?: number;
};

const hourMs = 3_600_000;
/** When nothing is sent and no sweep begins, on the gym's clock. */
const startsAtMs = 2 * hourMs;
/** By then a provider has told what it will, unless the telling was lost. */
const tellsWithinMs = 3 * hourMs;
/** A webhook that fails is switched off after five days, and somebody has to see it. */
const asksForMs = 7 * 24 * hourMs;
/** Their clock and ours may differ, and a call reaches them some time after it was claimed. */
const apartMs = 2 * 60_000;
const failuresInARow = 5;

/**
 * Asks a provider once a night, as soon as a worker lives, what became of the messages that it took within the last week and
 * told nothing of since. What it answers goes the way of its events. It reads their list in pages, those parts alone where such
 * messages are, and takes no turn that anybody who sends is waiting for. A night that ends early is made good by the next.
 * @returns how many messages it had something new about; null when it is not due, or another worker's.
 */
export async function reconcileNightly(
  db: Db,
  provider: Provider,
  clock: Clock,
  options: Options = {},
): Promise<number | null> {
  const startsAt = zonedInstant(clock.today, startsAtMs, clock.timeZone);
  if (!provider.listTaken || clock.now < startsAt || !(await claimNight(db, provider, clock))) {
    return null;
  }
  return reconcile(db, provider, clock, options);
}

async function claimNight(db: Db, { channel }: Provider, { today }: Clock): Promise<boolean> {
  const { rows } = await db.execute(sql`
    insert into provider_accounts as a (channel, reconciled_on) values (${channel}, ${today})
    on conflict (channel) do update set reconciled_on = excluded.reconciled_on
    where a.reconciled_on is null or a.reconciled_on < excluded.reconciled_on
    returning channel`);
  return rows.length === 1;
}

async function reconcile(db: Db, provider: Provider, clock: Clock, options: Options): Promise<number> {
  let before = new Date(clock.now.getTime() - tellsWithinMs);
  let end: { id: string; at: Date } | null = null;
  let news = 0;
  for (;;) {
    const openAt = await findOpen(db, provider, { since: new Date(clock.now.getTime() - asksForMs), before });
    if (!openAt) {
      return news;
    }
    // Where nothing is open for a while, the list is left, and entered again at our next message that it knows.
    const entry = await findSentSince(db, provider, new Date(openAt.getTime() + apartMs));
    const isFarther = entry !== null && end !== null && entry.sentAt.getTime() < end.at.getTime() - apartMs;
    const after = end === null || isFarther ? (entry?.providerMessageId ?? null) : end.id;
    const page = await readPage(db, provider, after, clock, options);
    const last = page?.messages.at(-1);
    news += page ? await recordNews(db, provider, page, clock) : 0;
    if (!page || !last || page.isLast) {
      return news;
    }
    end = { id: last.providerMessageId, at: last.takenAt };
    before = new Date(Math.min(before.getTime(), last.takenAt.getTime() + apartMs));
  }
}

/** Of a message, `m`: it left by this provider, and nothing is known of it since. Of one that bounced softly, that is known. */
const isOpen = ({ name, channel }: Provider): SQL => sql`
  m.channel = ${channel} and m.status = 'sent' and m.provider = ${name} and m.provider_message_id is not null
  and not exists (select from message_events e where e.message_id = m.id and e.type = 'soft_bounced')`;

/** When the newest such message left. */
async function findOpen(db: Db, provider: Provider, { since, before }: { since: Date; before: Date }) {
  const { rows } = await db.execute<{ sentAt: string }>(sql`
    select m.sent_at as "sentAt" from communication_logs m
    where m.sent_at >= ${since}::timestamptz and m.sent_at < ${before}::timestamptz and ${isOpen(provider)}
    order by m.sent_at desc limit 1`);
  return rows[0] ? new Date(rows[0].sentAt) : null;
}

/** A page, once the account has time for it; null when it is to stop. */
async function readPage(db: Db, provider: Provider, after: string | null, clock: Clock, options: Options) {
  for (let failures = 0; !options.shouldStop?.(); ) {
    if (!(await takeIdleTurn(db, provider, clock))) {
      await wait(options.lookAgainMs ?? 1_000);
      continue;
    }
    try {
      return (await provider.listTaken?.(after, clock.now)) ?? null;
    } catch (error) {
      failures++;
      if (failures === failuresInARow) {
        throw error;
      }
    }
  }
  return null;
}

/** Records what we were not told yet, of every message of ours on the page. */
async function recordNews(db: Db, { channel }: Provider, { messages }: TakenPage, { now }: Clock): Promise<number> {
  const told = messages.flatMap(({ became }) => became ?? []);
  const { rows } = await db.execute<{ id: string }>(sql`
    select told.id
    from unnest(${sql.param(told.map(({ providerMessageId }) => providerMessageId))}::text[],
                ${sql.param(told.map(({ type }) => type))}::text[]) as told (id, type)
    join communication_logs m on m.provider_message_id = told.id and m.channel = ${channel}
    where not exists (select from message_events e where e.message_id = m.id
                        and (e.type = told.type or (e.type = 'soft_bounced' and told.type = 'bounced')))`);
  const isNews = new Set(rows.map(({ id }) => id));
  const news = told.filter(({ providerMessageId }) => isNews.has(providerMessageId ?? ""));
  for (const event of news) {
    await recordEvent(db, event, { now });
  }
  return news.length;
}
