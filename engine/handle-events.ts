import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { lockOpenRunsOfMembers } from "#db/queries/runs";
import type { Clock, MemberEvent } from "./define.ts";
import { endStopped } from "./end-stopped.ts";
import { holdStartable, startOnEvents } from "./start-on-events.ts";
import { findStopsOfRuns } from "./stops.ts";

const eventsAtOnce = 1_000;

/**
 * Does at once what a member's event asks for: ends the unfinished runs whose exit condition holds since a visit, a
 * renewal, a tag or a change of status, and starts the workflows that wait for it.
 */
export async function handleEvents(
  db: Db,
  clock: Clock,
  shouldStop: () => boolean = () => false,
): Promise<{ handled: number; started: number }> {
  const total = { handled: 0, started: 0 };
  let mayBeMore = false;
  do {
    const done = await withTransaction(db, async (tx) => {
      const { rows } = await tx.execute<{ id: number; memberId: number; type: MemberEvent }>(sql`
        select id, member_id as "memberId", type from member_events where handled_at is null
        order by id limit ${eventsAtOnce} for update skip locked`);
      const startable = await holdStartable(tx, rows);
      const runs = await lockOpenRunsOfMembers(tx, membersOf(rows), membersOf(rows.filter(changesStanding)));
      // Whether such a run goes on was asked before this event, perhaps: its member's events wait until it is free.
      const busy = new Set(runs.flatMap(({ memberId, isLocked }) => (isLocked ? [] : [memberId])));
      const events = rows.filter(({ memberId }) => !busy.has(memberId));
      const owed = runs.flatMap(({ id, isLocked }) => (isLocked ? [{ runId: id, since: clock.now }] : []));
      const stops = await findStopsOfRuns(tx, owed, clock);
      // What this program cannot read, a newer one may: an event is no reason to end it.
      const known = new Map([...stops].filter(([, reason]) => reason !== "definition_invalid"));
      await endStopped(tx, known, clock);
      const started = await startOnEvents(tx, startable, events, clock);
      await tx.execute(sql`
        update member_events set handled_at = ${clock.now}::timestamptz
        where id = any(${sql.param(events.map(({ id }) => id))}::bigint[])`);
      return { handled: events.length, started, mayBeMore: rows.length === eventsAtOnce && events.length > 0 };
    });
    mayBeMore = done.mayBeMore;
    total.handled += done.handled;
    total.started += done.started;
  } while (mayBeMore && !shouldStop());
  return total;
}

/** After a visit or a tag only those runs may have to end that have exit conditions; what else ends runs is the same as before. */
const changesStanding = ({ type }: { type: MemberEvent }) => type !== "visited" && type !== "tag_added";

const membersOf = (events: { memberId: number }[]) => [...new Set(events.map(({ memberId }) => memberId))];
