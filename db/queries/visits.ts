import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import type { Clock } from "#lib/clock";
import { one } from "#lib/rows";
import { executePrepared } from "../prepared.ts";

export type NewVisit = {
  memberId: number;
  visitedAt: Date;
  kind: "checkin" | "class" | "no_show";
  className?: string;
  /** The visit's name in the system it comes from. Without it (member, instant, kind, class) says which visit it is. */
  externalId?: string;
  locationId?: number;
};

/**
 * Every visit enters here, whoever brings it. A visit that is known changes nothing; a no-show is stored and counts for
 * nothing. One statement stores the visits, keeps `member_stats` and leaves an event for each member seen today or
 * yesterday, which ends their "we miss you" runs. Rows are taken in the order of their members, so that two callers at
 * once wait for each other instead of blocking each other for good.
 */
export async function recordVisits(
  db: Db,
  visits: NewVisit[],
  clock: Clock,
): Promise<{ created: number; unchanged: number }> {
  if (visits.length === 0) {
    return { created: 0, unchanged: 0 };
  }
  const statement = sql`
    with inserted as (
      insert into visits (member_id, visited_at, visited_on, kind, class_name, external_id, location_id)
      select given.member_id, given.visited_at, (given.visited_at at time zone ${clock.timeZone})::date,
             given.kind, given.class_name, given.external_id, given.location_id
      from unnest(${sql.param(visits.map(({ memberId }) => memberId))}::bigint[],
                  ${sql.param(visits.map(({ visitedAt }) => visitedAt.toISOString()))}::timestamptz[],
                  ${sql.param(visits.map(({ kind }) => kind))}::text[],
                  ${sql.param(visits.map(({ className }) => className ?? ""))}::text[],
                  ${sql.param(visits.map(({ externalId }) => externalId ?? null))}::text[],
                  ${sql.param(visits.map(({ locationId }) => locationId ?? null))}::bigint[])
        as given (member_id, visited_at, kind, class_name, external_id, location_id)
      order by given.member_id, given.visited_at, given.kind, given.class_name collate "C", given.external_id collate "C"
      on conflict do nothing
      returning member_id, visited_at, visited_on, kind
    ),
    came as (
      select member_id, count(*)::int as visits, min(visited_on) as first_on, max(visited_on) as last_on,
             max(visited_at) as last_at,
             max(visited_at) filter (where visited_on between ${clock.today}::date - 1 and ${clock.today}::date) as seen_at
      from inserted where kind <> 'no_show' group by member_id
    ),
    counted as (
      insert into member_stats as stats (member_id, first_visit_on, last_visit_on, last_visit_at, visits_total)
      select member_id, first_on, last_on, last_at, visits from came order by member_id
      on conflict (member_id) do update set
        first_visit_on = least(stats.first_visit_on, excluded.first_visit_on),
        last_visit_on = greatest(stats.last_visit_on, excluded.last_visit_on),
        last_visit_at = greatest(stats.last_visit_at, excluded.last_visit_at),
        visits_total = stats.visits_total + excluded.visits_total
    ),
    seen as (
      insert into member_events (member_id, type, occurred_at)
      select member_id, 'visited', seen_at from came where seen_at is not null order by member_id
    )
    select count(*)::int as created from inserted`;
  const { created } = one(await executePrepared<{ created: number }>(db, "record_visits", statement));
  return { created, unchanged: visits.length - created };
}
