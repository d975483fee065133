import { sql } from "drizzle-orm";
import { addDays } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import type { Db, Tx } from "../client.ts";

export type MessageFigure = {
  /** The gym's day. */
  day: string;
  channel: "email" | "in_app" | "sms";
  sent: number;
  delivered: number;
  opened: number;
  returned: number;
};

/** How many days back readers are waited for: what comes later is not counted any more. */
const settledAfterDays = 14;

/** The figures of the last days, the oldest first, as they were counted last; and when the newest were. */
export async function readMessageFigures(db: Db, { today }: Clock, days: number) {
  const { rows } = await db.execute<MessageFigure & { countedAt: string }>(sql`
    select day::text, channel, sent, delivered, opened, returned, counted_at as "countedAt" from message_figures
    where day > ${today}::date - ${days}::int and day <= ${today}::date
    order by day, channel`);
  return rows;
}

/**
 * Counts the days anew of which more may have become since they were counted: today and yesterday every ten minutes, those
 * before every six hours, and none that is settled.
 */
export async function countMessages(tx: Tx, { now, today, timeZone }: Clock, days: number): Promise<void> {
  const at = sql`${now}::timestamptz`;
  const { rows: stale } = await tx.execute<{ day: string }>(sql`
      select day::date::text as day
      from generate_series(${addDays(today, 1 - days)}::date, ${today}::date, interval '1 day') as day
      left join (select day as known, min(counted_at) as counted_at from message_figures group by day) figures on known = day
      where counted_at is null
         or (day >= ${today}::date - 1 and counted_at < ${at} - interval '10 minutes')
         or (counted_at < ${at} - interval '6 hours'
             and counted_at < (day + make_interval(days => ${settledAfterDays})) at time zone ${timeZone})
      order by day`);
  for (const { day } of stale) {
    await tx.execute(sql`
        insert into message_figures (day, channel, sent, delivered, opened, returned, counted_at)
        select ${day}::date, c.channel, count(m.sent_at), count(*) filter (where m.status in ('delivered', 'opened', 'clicked', 'complained')),
               count(*) filter (where m.status in ('opened', 'clicked')), count(*) filter (where m.came), ${at}
        from unnest(array['email', 'in_app', 'sms']) as c (channel) left join (
          select channel, sent_at, status, exists (
            select from visits v where v.member_id = l.member_id and v.kind <> 'no_show'
              and v.visited_on > ${day}::date and v.visited_on <= ${day}::date + 7) as came
          from communication_logs l
          where queued_at >= ${day}::date::timestamp at time zone ${timeZone}
            and queued_at < (${day}::date + 1)::timestamp at time zone ${timeZone}
            and run_id is not null and sent_at is not null
        ) m on m.channel = c.channel
        group by c.channel
        on conflict (day, channel) do update set sent = excluded.sent, delivered = excluded.delivered,
          opened = excluded.opened, returned = excluded.returned, counted_at = excluded.counted_at`);
  }
}
