import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { Clock } from "#lib/clock";
import type { Channel } from "./claim-messages.ts";

type Lease = { token: string; ids: number[] };
export type LeaseOptions = {
  /** Messages at most. */
  limit: number;
  leaseMs: number;
  /** Only what somebody waits for may go: what belongs to no workflow and is no digest. */
  isHeld?: boolean;
};

/** Whose messages leave the house, while nobody holds a lock on them. */
export type LeasedChannel = Exclude<Channel, "in_app">;

type Wanted = { channel: LeasedChannel; token: string; now: Date; leaseMs: number };

const isFree = sql`(m.lease_until is null or m.lease_until < clock_timestamp())`;

/**
 * Leases messages of a channel that are due. A request that was broken off comes first, and whole: under its key nothing
 * else may be sent. Then mail that belongs to no workflow, which somebody is waiting for; then the workflow whose oldest
 * message has waited longest. Messages of a workflow that is off stay where they are; those of one that was deleted meanwhile
 * end here.
 */
export async function leaseMessages(
  tx: Tx,
  channel: LeasedChannel,
  { now }: Clock,
  { limit, leaseMs, isHeld = false }: LeaseOptions,
): Promise<Lease> {
  const token = randomUUID();
  const wanted = { channel, token, now, leaseMs };
  if (isHeld) {
    return { token, ids: await leaseOf(tx, sql`m.workflow_id is null and m.class <> 'digest'`, wanted, limit) };
  }
  const ids = await leaseBrokenOff(tx, wanted);
  if (ids.length > 0) {
    return { token, ids };
  }
  return {
    token,
    ids: await takeInTurn(tx, channel, now, limit, (isMeant, room) => leaseOf(tx, isMeant, wanted, room)),
  };
}

/** Locks notifications that are due, in the same order. */
export async function lockNotifications(tx: Tx, { now }: Clock, limit: number): Promise<number[]> {
  return takeInTurn(tx, "in_app", now, limit, async (isMeant, room) => {
    const { rows } = await tx.execute<{ id: number }>(freeOf("in_app", isMeant, now, room));
    return rows.map(({ id }) => id);
  });
}

/** Takes from one workflow after the other, the one whose oldest message has waited longest first, until there are enough. */
async function takeInTurn(
  tx: Tx,
  channel: Channel,
  now: Date,
  limit: number,
  take: (isMeant: SQL, room: number) => Promise<number[]>,
): Promise<number[]> {
  const ids: number[] = [];
  for (const workflowId of await listWaiting(tx, channel, now)) {
    const isOfWorkflow = workflowId === null ? sql`m.workflow_id is null` : sql`m.workflow_id = ${workflowId}`;
    ids.push(...(await take(isOfWorkflow, limit - ids.length)));
    if (ids.length >= limit) {
      break;
    }
  }
  return ids;
}

/** Whoever takes a request takes it by its first message, so that no two wait for each other's rows. */
async function leaseBrokenOff(tx: Tx, { channel, token, now, leaseMs }: Wanted): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    update communication_logs c
    set lease_token = ${token}, lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
    where c.due_at is not null and c.batch_id = (
      select m.batch_id from communication_logs m
      where m.batch_id is not null and m.channel = ${channel} and m.due_at <= ${now}::timestamptz and ${isFree}
        and not exists (select from communication_logs f
                        where f.batch_id = m.batch_id and f.due_at is not null and f.id < m.id)
        and not exists (select from communication_logs o join automation_workflows w on w.id = o.workflow_id
                        where o.batch_id = m.batch_id and o.due_at is not null and not w.is_enabled and w.archived_at is null)
      order by m.due_at, m.id limit 1 for update of m skip locked)
    returning c.id`);
  return rows.map(({ id }) => id);
}

/** Null stands for what belongs to no workflow. */
async function listWaiting(tx: Tx, channel: Channel, now: Date): Promise<(number | null)[]> {
  const isDue = sql`m.channel = ${channel} and m.due_at <= ${now}::timestamptz and ${isFree}`;
  const { rows } = await tx.execute<{ workflowId: number | null }>(sql`
    select null::bigint as "workflowId", '-infinity'::timestamptz as since
    where exists (select from communication_logs m where m.workflow_id is null and ${isDue})
    union all
    select w.id, oldest.due_at
    from automation_workflows w, lateral (
      select m.due_at from communication_logs m where m.workflow_id = w.id and ${isDue} order by m.due_at limit 1) oldest
    where w.is_enabled or w.archived_at is not null
    order by since`);
  return rows.map(({ workflowId }) => workflowId);
}

async function leaseOf(
  tx: Tx,
  isMeant: SQL,
  { channel, token, now, leaseMs }: Wanted,
  limit: number,
): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    update communication_logs c
    set lease_token = ${token}, lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
    from (${freeOf(channel, isMeant, now, limit)}) picked
    where c.id = picked.id
    returning c.id`);
  return rows.map(({ id }) => id);
}

const freeOf = (channel: Channel, isMeant: SQL, now: Date, limit: number) => sql`
  select m.id from communication_logs m
  where m.channel = ${channel} and ${isMeant} and m.due_at <= ${now}::timestamptz and m.batch_id is null and ${isFree}
  order by m.due_at, m.id limit ${limit} for update of m skip locked`;
