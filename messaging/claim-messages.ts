import { type SQL, sql } from "drizzle-orm";
import { addressHash } from "#db/address-hash";
import type { Tx } from "#db/client";
import { dialledNumber } from "#db/dialled-number";
import type { Clock } from "#lib/clock";
import { plainAddress } from "#lib/plain-address";
import { type LeasedChannel, type LeaseOptions, leaseMessages, lockNotifications } from "./lease-messages.ts";
import { contextOf, memberColumns, type ValueSource } from "./read-values.ts";

export type Channel = "email" | "in_app" | "sms";

/** A message as delivery finds it, with all that decides whether and how it goes out. */
export type DueMessage = ValueSource & {
  id: number;
  channel: Channel;
  class: "marketing" | "service" | "sign_in" | "digest";
  memberId: number | null;
  runId: number | null;
  stepId: number | null;
  queuedAt: string;
  /** For the age limit: since it was queued, or since a person decided to send it again. */
  owedSince: string;
  firstTriedAt: string | null;
  /** The request that it was handed over in, which may only be repeated whole. */
  batchId: string | null;
  attempts: number;
  templateVersionId: number | null;
  /** Set already where a body is frozen. */
  recipient: string | null;
  /** Where this channel reaches the member: an email address, a telephone number as it is dialled. */
  address: string | null;
  /** What the member last said of this channel and class; null when they never said. */
  isGranted: boolean | null;
  isSuppressed: boolean;
  /** As it is stored: perhaps none, perhaps no zone at all. */
  timeZone: string | null;
};

const address = sql`case m.channel when 'email' then nullif(trim(u.email), '') when 'sms' then ${dialledNumber(sql`u.phone`)} end`;

const dueColumns = sql`
  m.id, m.channel, m.class, m.member_id as "memberId", m.run_id as "runId", m.step_id as "stepId", m.queued_at as "queuedAt",
  coalesce((m.event_data ->> 'sent_again_at')::timestamptz, m.queued_at) as "owedSince",
  m.first_tried_at as "firstTriedAt", m.batch_id as "batchId", m.attempts, m.template_version_id as "templateVersionId", m.recipient,
  ${memberColumns}, ${address} as address, nullif(trim(u.time_zone), '') as "timeZone",
  (select e.is_granted from consent_events e
   where e.member_id = m.member_id and e.channel = m.channel and e.class = m.class
   order by e.id desc limit 1) as "isGranted",
  ${contextOf(sql`m.step_id`)}`;

type Claim = { token: string; messages: DueMessage[] };

/**
 * Leases messages of a channel that are due and reads, in the same transaction, what the member says now: who opted out
 * before the claim is not written to. Their readers are locked, with all who share their address: what is counted for the
 * frequency cap stays true, and a no that is being said is waited for.
 */
export async function claimMessages(
  tx: Tx,
  channel: LeasedChannel,
  clock: Clock,
  options: LeaseOptions,
): Promise<Claim> {
  const { token, ids } = await leaseMessages(tx, channel, clock, options);
  if (ids.length === 0) {
    return { token, messages: [] };
  }
  await lockReaders(tx, ids, sharers[channel]);
  return { token, messages: await readClaimed(tx, channel, ids, clock) };
}

/**
 * Locks notifications that are due and reads them. Who does so delivers them in the same transaction: a lease would be
 * written and taken back in it.
 */
export async function claimNotifications(tx: Tx, clock: Clock, limit: number): Promise<DueMessage[]> {
  const ids = await lockNotifications(tx, clock, limit);
  return ids.length === 0 ? [] : readClaimed(tx, "in_app", ids, clock);
}

const readClaimed = (tx: Tx, channel: Channel, ids: number[], clock: Clock) =>
  readDue(
    tx,
    channel,
    sql`
    from communication_logs m
    left join users u on u.id = m.member_id
    left join workflow_runs r on r.id = m.run_id
    left join workflow_versions v on v.id = r.version_id
    where m.id = any(${sql.param(ids)}::bigint[])
    order by m.member_id, m.id`,
    clock,
  );

/**
 * What `from` has of a channel's messages, with what their readers say now. It names the message `communication_logs m`, its
 * reader `users u`, its run `workflow_runs r` and that one's version `v`.
 */
export async function readDue(tx: Tx, channel: Channel, from: SQL, clock: Clock): Promise<DueMessage[]> {
  const { rows } = await tx.execute<Omit<DueMessage, "isSuppressed">>(sql`select ${dueColumns} ${from}`);
  const found = rows.map((row) => ({ ...row, address: row.address && plainAddress(row.address) }));
  const suppressed = channel === "in_app" ? new Set() : await findSuppressed(tx, channel, found, clock);
  return found.map((message) => ({ ...message, isSuppressed: suppressed.has(message.id) }));
}

/** Those of the messages that would go to an address to which nothing more may go. */
async function findSuppressed(
  tx: Tx,
  channel: Channel,
  messages: Pick<DueMessage, "id" | "recipient" | "address">[],
  { now }: Clock,
): Promise<Set<number>> {
  const addresses = messages.map(({ recipient, address }) => (recipient ? plainAddress(recipient) : address));
  const { rows } = await tx.execute<{ id: number }>(sql`
    select given.id
    from unnest(${sql.param(messages.map(({ id }) => id))}::bigint[], ${sql.param(addresses)}::text[]) as given (id, address)
    join suppressions s on s.channel = ${channel} and s.address_hash = ${addressHash(sql`given.address`)}
      and (s.until is null or s.until > ${now}::timestamptz)`);
  return new Set(rows.map(({ id }) => id));
}

/** Who has the address of one of the `readers` too, as `users s`. */
const sharers = {
  email: sql`lower(s.email) = nullif(lower(trim(r.email)), '')`,
  sms: sql`s.phone <> '' and ${dialledNumber(sql`s.phone`)} = ${dialledNumber(sql`r.phone`)}`,
};

async function lockReaders(tx: Tx, ids: number[], isSharer: SQL) {
  await tx.execute(sql`
    with readers as (
      select u.id, u.email, u.phone
      from communication_logs m join users u on u.id = m.member_id where m.id = any(${sql.param(ids)}::bigint[]))
    select u.id from users u
    where u.id in (select id from readers union select s.id from users s join readers r on ${isSharer})
    order by u.id for no key update`);
}
