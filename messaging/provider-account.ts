import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client";
import type { Clock } from "#lib/clock";
import type { Pause, Provider } from "./provider.ts";

type Channel = Provider["channel"];

export type AccountPause = { cause: Pause["cause"]; error: string; until: Date };

/** Until when nothing is handed over, if that is in the future. */
export async function findPause(db: Db, channel: Channel, { now }: Clock): Promise<AccountPause | null> {
  const { rows } = await db.execute<{ cause: Pause["cause"]; error: string; until: string }>(sql`
    select pause_cause as cause, pause_error as error, paused_until as until
    from provider_accounts where channel = ${channel} and paused_until > ${now}::timestamptz`);
  return rows[0] ? { ...rows[0], until: new Date(rows[0].until) } : null;
}

/** Longer than any call may take. */
const probeMs = 30_000;

/** Whether the channel may be served now. After a pause one alone may, until it knows whether the account is well again. */
export async function isOpen(db: Db, channel: Channel, clock: Clock): Promise<boolean> {
  const { rows } = await db.execute<{ isFailing: boolean }>(sql`
    select failing_since is not null as "isFailing" from provider_accounts where channel = ${channel}`);
  if (!rows[0]?.isFailing) {
    return true;
  }
  const probe = new Date(clock.now.getTime() + probeMs);
  const { rows: won } = await db.execute(sql`
    update provider_accounts set probe_until = ${probe}::timestamptz
    where channel = ${channel} and paused_until <= ${clock.now}::timestamptz
      and (probe_until is null or probe_until <= ${clock.now}::timestamptz)
    returning channel`);
  return won.length === 1;
}

/** The probe found nothing to hand over. */
export async function endProbe(db: Db, channel: Channel): Promise<void> {
  await db.execute(sql`
    update provider_accounts set probe_until = null where channel = ${channel} and probe_until is not null`);
}

/** Longest waits, in milliseconds, where the provider names none. A refused account is asked again now and then: it may be mended. */
const chosenWaits = { rate_limited: 1_000, account_refused: 600_000, quota_exceeded: 3_600_000 };

/** From a minute to half an hour, doubled each time; a fifth of it by chance, so that not all come back at once. */
const backOffMs = (failures: number) => Math.min(60_000 * 2 ** failures, 1_800_000) * (1 - 0.2 * Math.random());

/**
 * Stops the channel for all workers. Of several pauses the longest holds.
 * @returns until when, and whether it is the first since a request went well, or of another cause: then somebody should be told.
 */
export async function pauseAccount(
  tx: Tx,
  channel: Channel,
  { cause, afterMs }: Pause,
  error: string,
  { now }: Clock,
): Promise<{ until: Date; isNews: boolean }> {
  await tx.execute(sql`insert into provider_accounts (channel) values (${channel}) on conflict do nothing`);
  const { rows } = await tx.execute<{ failures: number; cause: string | null; until: string | null }>(sql`
    select failures, pause_cause as cause, paused_until as until from provider_accounts where channel = ${channel} for update`);
  const known = rows[0];
  const isSame = known?.cause === cause;
  // Requests that were under way together fail together: one failure.
  const isFresh = !known?.until || Date.parse(known.until) <= now.getTime();
  const failures = isSame ? known.failures + (isFresh ? 1 : 0) : 1;
  const waitMs = afterMs ?? (cause === "unavailable" ? backOffMs(failures - 1) : chosenWaits[cause]);
  const until = new Date(Math.max(now.getTime() + waitMs, known?.until ? Date.parse(known.until) : 0));
  await tx.execute(sql`
    update provider_accounts
    set paused_until = ${until}::timestamptz, pause_cause = ${cause}, pause_error = ${error}, probe_until = null,
        failing_since = coalesce(failing_since, ${now}::timestamptz), failures = ${failures}
    where channel = ${channel}`);
  return { until, isNews: !isSame && cause !== "rate_limited" };
}

/** A request went well: what was wrong is over. A pause that another worker was asked for in between stays. */
export async function noteSuccess(tx: Tx, channel: Channel, { now }: Clock): Promise<void> {
  await tx.execute(sql`
    update provider_accounts set failing_since = null, pause_cause = null, pause_error = null, probe_until = null, failures = 0
    where channel = ${channel} and failing_since is not null and paused_until <= ${now}::timestamptz`);
}

/**
 * Takes a turn of the account's rate if nobody is waiting for one: sending always goes first. False when somebody is, or
 * when the account is paused.
 */
export async function takeIdleTurn(
  db: Db,
  { channel, requestsPerSecond = 1 }: Provider,
  { now }: Pick<Clock, "now">,
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    insert into provider_accounts as a (channel, next_request_at)
    values (${channel}, pg_catalog.clock_timestamp() + ${turn(requestsPerSecond)})
    on conflict (channel) do update set next_request_at = excluded.next_request_at
    where coalesce(a.next_request_at <= pg_catalog.clock_timestamp(), true)
      and coalesce(a.paused_until <= ${now}::timestamptz, true)
    returning channel`);
  return rows.length === 1;
}

/** Further apart than the rate asks for: requests that take unlike times on their way still keep to it. */
const jitter = 1.2;

const turn = (requestsPerSecond: number) => sql`make_interval(secs => ${jitter / requestsPerSecond})`;

/** Who starts so much later than their turn may meet those who are on time, in milliseconds. */
const lateMs = (requestsPerSecond: number) => Math.max(50, 200 / requestsPerSecond);

/**
 * Waits for this request's turn, so that all workers together keep to the account's rate: each request is given an instant
 * of its own, evenly apart, on the database's clock. A turn that was missed, because nothing could run, is not taken late:
 * all that were missed meanwhile would be taken at once.
 */
export async function awaitTurn(db: Db, { channel, requestsPerSecond }: Provider): Promise<void> {
  if (!requestsPerSecond) {
    return;
  }
  for (let isLate = true; isLate; ) {
    const waitMs = await reserveTurn(db, channel, requestsPerSecond);
    const reservedAt = performance.now();
    if (waitMs > 0) {
      await wait(waitMs);
    }
    isLate = waitMs > 0 && performance.now() - reservedAt - waitMs > lateMs(requestsPerSecond);
  }
}

/** How long until the next turn that nobody has, which is taken. */
async function reserveTurn(db: Db, channel: Channel, requestsPerSecond: number): Promise<number> {
  const apart = turn(requestsPerSecond);
  const { rows } = await db.execute<{ waitMs: number }>(sql`
    insert into provider_accounts as a (channel, next_request_at) values (${channel}, pg_catalog.clock_timestamp() + ${apart})
    on conflict (channel) do update
      set next_request_at = greatest(a.next_request_at, pg_catalog.clock_timestamp()) + ${apart}
    returning extract(epoch from next_request_at - ${apart} - pg_catalog.clock_timestamp())::float8 * 1000 as "waitMs"`);
  return rows[0]?.waitMs ?? 0;
}
