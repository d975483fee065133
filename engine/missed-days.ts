import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client";
import { workflowRuns } from "#db/schema/index";
import { addDays, calendarDay } from "#lib/calendar";
import { one } from "#lib/rows";
import { audienceQuery, openDays } from "./audience.ts";
import type { Days, Trigger } from "./define.ts";
import { judgedQuery, type Start } from "./start-runs.ts";
import { triggers } from "./triggers/index.ts";

/** How far back a happening is still worth telling of. */
const lookBackDays = 14;

/** The happenings of days on which nobody could answer them, because no sweep took place. Selects `member_id, occurrence, facts`. */
function missedQuery(start: Start, missed: string[]): SQL {
  const { definition, clock } = start;
  const days = { first: missed[0] ?? clock.today, last: missed.at(-1) ?? clock.today };
  const { facts, happensOn } = audienceQuery(definition.trigger, clock, undefined, days);
  return sql`
    select judged.member_id, judged.occurrence, ${facts} as facts
    from (${judgedQuery({ ...start, days })}) judged join member_facts on member_facts.member_id = judged.member_id
    where judged.verdict not in ('answered', 'baseline') and ${happensOn} = any(${sql.param(missed)}::date[])`;
}

export async function countMissed(db: Db, start: Start, missed: string[]): Promise<number> {
  if (missed.length === 0) {
    return 0;
  }
  const { rows } = await db.execute<{ missed: number }>(
    sql`select count(*)::int as missed from (${missedQuery(start, missed)}) happenings`,
  );
  return one(rows).missed;
}

/**
 * Records such happenings as runs that ended too late. They are seen and counted, nothing is sent, and they are no reason
 * for a cooldown.
 */
export async function recordMissed(tx: Tx, start: Start, missed: string[]): Promise<number> {
  if (missed.length === 0) {
    return 0;
  }
  const { workflow, clock } = start;
  const { rows } = await tx.execute<{ recorded: number }>(sql`
    with recorded as (
      insert into ${workflowRuns}
        (workflow_id, version_id, member_id, occurrence, facts, origin, status, reason, started_on, started_at, ended_at)
      select ${workflow.id}, ${workflow.liveVersionId}, member_id, occurrence, facts, 'missed', 'expired',
             'expired_too_late', ${clock.today}::date, ${clock.now}::timestamptz, ${clock.now}::timestamptz
      from (${missedQuery(start, missed)}) happenings
      order by member_id
      on conflict do nothing
      returning 1
    )
    select count(*)::int as recorded from recorded`);
  return one(rows).recorded;
}

/** The days, oldest first, whose happenings could be answered on no day that was swept in full, since it was switched on. */
export async function listMissedDays(db: Db, { workflow, definition, clock }: Start): Promise<string[]> {
  const trigger: Trigger = triggers.get(definition.trigger.type);
  const window = trigger.window?.(definition.trigger.params);
  if (!window) {
    return [];
  }
  const onSince = calendarDay(workflow.enabledAt ?? workflow.createdAt, clock.timeZone);
  const earliest = addDays(clock.today, -lookBackDays);
  const lastOver = addDays(openDays(definition.trigger, clock).first, -1);
  // A window that closes before its happening may have been over when the workflow was switched on.
  const early = Math.min(window.daysAfter, 0);
  const past = daysOf({ first: earliest, last: lastOver }).filter((day) => addDays(day, early) >= onSince);
  if (past.length === 0) {
    return [];
  }
  const { rows } = await db.execute<{ day: string }>(sql`
    select swept_on::text as day from swept_days
    where workflow_id = ${workflow.id} and swept_on >= ${addDays(earliest, -window.daysBefore)}::date
      and coalesce((counts ->> 'problems')::int, 0) = 0`);
  const swept = new Set(rows.map(({ day }) => day));
  const couldBeAnswered = (day: string) =>
    daysOf({ first: addDays(day, -window.daysBefore), last: addDays(day, window.daysAfter) }).some((on) =>
      swept.has(on),
    );
  return past.filter((day) => !couldBeAnswered(day));
}

function daysOf({ first, last }: Days): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    days.push(day);
  }
  return days;
}
