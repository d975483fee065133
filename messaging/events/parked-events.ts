import { sql } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import type { Clock } from "#lib/clock";
import { applyEvents } from "./apply-events.ts";
import { channelOf, isVisit, type MatchedEvent, visitTypes } from "./incoming-event.ts";
import { judgeVisits } from "./judge-visits.ts";
import { parseStoredEvent, type StoredEvent } from "./parse-stored-event.ts";

const batchSize = 500;
/** By then what came before an open or a click was told too, also where providers' requests overtake each other. */
const judgedAfterMs = 60_000;
/** A message that is not known by then is none of ours: another installation's on the same account, or one erased. */
const forgottenAfterMs = 24 * 3_600_000;

/**
 * Applies what was told of these messages before we knew their providers' ids. Whoever writes provider_message_id calls it
 * right after, in the same transaction. Opens and clicks are left to applyAllParked.
 */
export async function applyParkedEvents(tx: Tx, messageIds: number[], { now }: Pick<Clock, "now">): Promise<void> {
  if (messageIds.length === 0) {
    return;
  }
  await matchParked(tx, messageIds);
  await applyReady(tx, now, { messageIds });
}

/**
 * Applies whatever is parked and can be applied by now: events whose message became known without anybody calling
 * applyParkedEvents, because both committed at the same instant; and opens and clicks, which are judged a minute after they
 * were told, since what tells a scanner from a person may be told after them and a status never goes back. What has waited
 * for its message for a day is ignored from then on; what this program cannot read is set aside. Any number of workers may
 * do so at once; each calls it every minute or so.
 */
export async function applyAllParked(
  db: Db,
  { now }: Pick<Clock, "now">,
): Promise<{ applied: number; ignored: number; unreadable: number }> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await withTransaction(db, (tx) => matchParked(tx));
  const counts = { applied: 0, unreadable: 0 };
  let isMore = true;
  while (isMore) {
    const done = await withTransaction(db, (tx) => applyReady(tx, now, { visitsBefore: before(judgedAfterMs) }));
    counts.applied += done.applied;
    counts.unreadable += done.unreadable;
    // What others hold right now stays parked: looking for it again at once would never end.
    isMore = done.applied + done.unreadable === batchSize;
  }
  const { rowCount } = await db.execute(sql`
    update message_events set state = 'ignored'
    where state = 'parked' and message_id is null and received_at < ${before(forgottenAfterMs).toISOString()}`);
  return { ...counts, ignored: rowCount ?? 0 };
}

/** Puts back what could not be read: a program that starts may be a newer one. What is older than a month is history. */
export async function parkUnreadable(db: Db, { now }: Pick<Clock, "now">): Promise<void> {
  await db.execute(sql`
    update message_events set state = 'parked'
    where state = 'unreadable' and received_at > ${now.toISOString()}::timestamptz - interval '30 days'`);
}

/**
 * Whoever settles a message holds it while asking for its events, and whoever applies events holds those while asking for
 * their messages: nobody here waits for either.
 */
async function matchParked(tx: Tx, messageIds?: number[]) {
  await tx.execute(sql`
    update message_events e set message_id = known.id
    from (
      select e.provider, e.event_id, m.id
      from message_events e
      join communication_logs m on m.provider_message_id = e.provider_message_id
       and m.channel = case e.provider when 'resend' then ${channelOf.resend} when 'twilio' then ${channelOf.twilio} end
      where e.state = 'parked' and e.message_id is null
        and ${messageIds ? sql`m.id = any(${sql.param(messageIds)}::bigint[])` : sql`true`}
      for update of e skip locked
    ) known
    where e.provider = known.provider and e.event_id = known.event_id`);
}

type Ready = { messageIds?: number[]; visitsBefore?: Date };

async function applyReady(tx: Tx, now: Date, { messageIds, visitsBefore }: Ready) {
  const { rows } = await tx.execute<StoredEvent & { messageId: number }>(sql`
    select e.provider, e.event_id as "eventId", e.body, e.occurred_at as "occurredAt", e.message_id as "messageId"
    from message_events e
    join communication_logs m on m.id = e.message_id
    where e.state = 'parked' and e.message_id is not null
      and ${messageIds ? sql`e.message_id = any(${sql.param(messageIds)}::bigint[])` : sql`true`}
      and (e.type <> all(${sql.param([...visitTypes])}::text[]) or e.received_at <= ${visitsBefore?.toISOString() ?? null}::timestamptz)
      and not (m.status = 'queued' and m.lease_until is not null and m.lease_until > clock_timestamp())
    order by e.received_at, e.provider, e.event_id limit ${batchSize} for update of e skip locked`);
  const read = rows.map((row) => ({ row, event: parseStoredEvent(row) }));
  const events = read.flatMap(({ row, event }): MatchedEvent[] =>
    event ? [{ ...event, messageId: row.messageId, isAutomatic: false }] : [],
  );
  const unreadable = read.flatMap(({ row, event }) => (event ? [] : [row]));
  await setAside(tx, unreadable);
  const visits = events.filter(isVisit);
  const rest = events.filter((event) => !isVisit(event));
  // First the rest: among it may be the delivery that visits are measured by.
  const applied =
    (await applyEvents(tx, rest, { now })) +
    (await applyEvents(tx, visits.length > 0 ? await judgeVisits(tx, visits) : [], { now }));
  return { applied, unreadable: unreadable.length };
}

/** What this program cannot read is left to a newer one, and does not keep those behind it waiting. */
async function setAside(tx: Tx, events: StoredEvent[]) {
  if (events.length > 0) {
    await tx.execute(sql`
      update message_events e set state = 'unreadable'
      from unnest(${sql.param(events.map(({ provider }) => provider))}::text[],
                  ${sql.param(events.map(({ eventId }) => eventId))}::text[]) as a (provider, event_id)
      where e.provider = a.provider and e.event_id = a.event_id`);
  }
}
