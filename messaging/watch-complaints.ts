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
type Watch = { since: string; pausedAt: string | null; postmasterPercent: number | null };

/**
 * Counts anew how much of the last seven days' advertising by email was reported as spam, and stops it where that is too
 * much: all that is claimed from then on waits. It is called with every complaint, in the transaction that applies it. Only
 * an admin lets it go on again, and only what comes after that counts then.
 */
export async function watchComplaints(tx: Tx, { now }: Now): Promise<ComplaintLevel> {
  // Whoever counts next waits here, and then sees this one's complaint, too.
  const { rows } = await tx.execute<Watch>(sql`
    select greatest(${now}::timestamptz - make_interval(days => ${windowDays}::int), w.resumed_at) as since, w.paused_at as "pausedAt",
           case when w.postmaster_read_on > (${now}::timestamptz at time zone g.time_zone)::date - ${windowDays}::int
                then w.postmaster_percent::float8 end as "postmasterPercent"
    from complaint_watch w, gym_settings g for update of w`);
  const { since, pausedAt, postmasterPercent } = one(rows);
  const counts = await countComplaints(tx, since);
  const level = complaintLevel({ ...counts, postmasterPercent });
  await tx.execute(sql`
    update complaint_watch set complaints = ${counts.complaints}, sends = ${counts.sends},
      paused_at = coalesce(paused_at, ${level === "paused" ? now.toISOString() : null}::timestamptz)`);
  return pausedAt === null ? level : "paused";
}

/** So that a gym of a million members is not counted through: with more sends than that, the rate is below all limits. */
const worthCounting = (complaints: number) => Math.max(minSends, Math.ceil((complaints * 1000) / limits.warning)) + 1;

async function countComplaints(tx: Tx, since: string): Promise<Omit<ComplaintFigures, "postmasterPercent">> {
  const { rows: told } = await tx.execute<{ complaints: number }>(sql`
    select count(distinct e.message_id)::int as complaints
    from message_events e join communication_logs m on m.id = e.message_id
    where e.type = 'complained' and e.state = 'applied' and e.address_hash is not null and e.occurred_at > ${since}::timestamptz
      and m.channel = 'email' and m.class = 'marketing'`);
  const { complaints } = one(told);
  if (complaints === 0) {
    return { complaints, sends: 0 };
  }
  const { rows: left } = await tx.execute<{ sends: number }>(sql`
    select count(*)::int as sends from (
      select from communication_logs
      where channel = 'email' and sent_at > ${since}::timestamptz and class = 'marketing'
        and status in ('sent', 'delivered', 'opened', 'clicked', 'complained')
      limit ${worthCounting(complaints)}) sent`);
  return { complaints, ...one(left) };
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
