import { sql } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import type { Clock } from "#lib/clock";
import { one } from "#lib/rows";
import {
  type ComplaintFigures,
  type ComplaintLevel,
  complaintLevel,
  limits,
  minSends,
  windowDays,
} from "./complaint-level.ts";

type Now = Pick<Clock, "now">;
type Watch = {
  /** From when on complaints and sends count now, and when they were last counted. */
  since: string;
  countedSince: string | null;
  countedAt: string | null;
  sends: number;
  pausedAt: string | null;
  resumedAt: string | null;
  postmasterPercent: number | null;
};

/**
 * Counts anew how much of the last seven days' advertising by email was reported as spam, and stops it where that is too
 * much: all that is claimed from then on waits. Only an admin lets it go on again, and only what comes after that counts then.
 */
export async function watchComplaints(tx: Tx, { now }: Now): Promise<ComplaintLevel> {
  // Nobody who has a complaint waits while much is counted.
  const before = await readWatch(tx, now);
  const counts = await count(tx, before.since);
  const watch = await readWatch(tx, now, { isLocked: true });
  return write(tx, now, watch, watch.resumedAt === before.resumedAt ? counts : await count(tx, watch.since));
}

/**
 * The same with every complaint, in the transaction that applies it: advertising stops with the one that is too many. Where
 * what was counted a moment ago shows that it is not, nothing is counted again: complaints come in bursts, of much that was sent.
 */
export async function pauseAtTooMany(tx: Tx, { now }: Now): Promise<void> {
  // Whoever comes next waits here, and then sees this one's complaint, too.
  const watch = await readWatch(tx, now, { isLocked: true });
  if (watch.pausedAt !== null) {
    return;
  }
  const complaints = await countComplaints(tx, watch.since);
  if (complaints * 1000 >= (await countAtLeast(tx, watch, now)) * limits.paused) {
    await write(tx, now, watch, { complaints, sends: await countSends(tx, watch.since, complaints) });
  }
}

async function readWatch(tx: Tx, now: Date, { isLocked = false } = {}): Promise<Watch> {
  const { rows } = await tx.execute<Watch>(sql`
    select greatest(${now}::timestamptz - make_interval(days => ${windowDays}::int), w.resumed_at) as since,
           greatest(w.counted_at - make_interval(days => ${windowDays}::int), w.resumed_at) as "countedSince",
           w.counted_at as "countedAt", w.sends, w.paused_at as "pausedAt", w.resumed_at as "resumedAt",
           case when w.postmaster_read_on > (${now}::timestamptz at time zone g.time_zone)::date - ${windowDays}::int
                then w.postmaster_percent::float8 end as "postmasterPercent"
    from complaint_watch w, gym_settings g ${isLocked ? sql`for update of w` : sql``}`);
  return one(rows);
}

type Counts = Pick<ComplaintFigures, "complaints" | "sends">;

async function write(tx: Tx, now: Date, watch: Watch, counts: Counts): Promise<ComplaintLevel> {
  const level = complaintLevel({ ...counts, postmasterPercent: watch.postmasterPercent });
  await tx.execute(sql`
    update complaint_watch set complaints = ${counts.complaints}, sends = ${counts.sends}, counted_at = ${now}::timestamptz,
      paused_at = coalesce(paused_at, ${level === "paused" ? now.toISOString() : null}::timestamptz)`);
  return watch.pausedAt === null ? level : "paused";
}

async function count(tx: Tx, since: string): Promise<Counts> {
  const complaints = await countComplaints(tx, since);
  return { complaints, sends: complaints === 0 ? 0 : await countSends(tx, since, complaints) };
}

async function countComplaints(tx: Tx, since: string): Promise<number> {
  const { rows } = await tx.execute<{ complaints: number }>(sql`
    select count(distinct e.message_id)::int as complaints
    from message_events e join communication_logs m on m.id = e.message_id
    where e.type = 'complained' and e.state = 'applied' and e.address_hash is not null and e.occurred_at > ${since}::timestamptz
      and m.channel = 'email' and m.class = 'marketing'`);
  return one(rows).complaints;
}

/** So that a gym of a million members is not counted through: with more sends than that, the rate is below all limits. */
const worthCounting = (complaints: number) => Math.max(minSends, Math.ceil((complaints * 1000) / limits.warning)) + 1;

async function countSends(tx: Tx, since: string, complaints: number): Promise<number> {
  const { rows } = await tx.execute<{ sends: number }>(sql`
    select count(*)::int as sends from (
      select from communication_logs
      where channel = 'email' and sent_at > ${since}::timestamptz and class = 'marketing'
        and status in ('sent', 'delivered', 'opened', 'clicked', 'complained')
      limit ${worthCounting(complaints)}) sent`);
  return one(rows).sends;
}

/** Workers count every minute. */
const freshMs = 90_000;
/** What may bounce meanwhile of what was sent: a share of it, in each millisecond. */
const mayBounce = 0.01 / 60_000;

/** How many sends there are at least, by the last count; 0 if that says nothing. */
async function countAtLeast(tx: Tx, { since, countedSince, countedAt, sends }: Watch, now: Date): Promise<number> {
  const ageMs = countedAt === null ? Number.POSITIVE_INFINITY : Math.abs(now.getTime() - Date.parse(countedAt));
  if (ageMs > freshMs || sends < minSends) {
    return 0;
  }
  const { rows } = await tx.execute<{ gone: number }>(sql`
    select count(*)::int as gone from communication_logs
    where channel = 'email' and sent_at > ${countedSince}::timestamptz and sent_at <= ${since}::timestamptz and class = 'marketing'`);
  const left = sends - one(rows).gone - Math.ceil(sends * mayBounce * ageMs);
  return left >= minSends ? left : 0;
}

/** The level if it is another than the log was last told: of several workers one alone has it to tell. */
export function findLevelToTell(db: Db, clock: Now): Promise<ComplaintLevel | null> {
  return withTransaction(db, async (tx) => {
    const level = await watchComplaints(tx, clock);
    const { rowCount } = await tx.execute(sql`
      update complaint_watch set told_level = ${level} where told_level <> ${level}`);
    return rowCount === 1 ? level : null;
  });
}

/** Whether no advertising may leave by email. */
export async function isMarketingPaused(db: Db): Promise<boolean> {
  const { rows } = await db.execute<{ isPaused: boolean }>(sql`
    select paused_at is not null as "isPaused" from complaint_watch`);
  return one(rows).isPaused;
}
