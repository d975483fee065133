import { sql } from "drizzle-orm";
import type { Bell } from "../bells.ts";
import type { Db } from "../client.ts";
import { owedDigests } from "./digests.ts";
import { dueImports, forgettableImports } from "./import-work.ts";

/** Of a message, `m`. */
const isDue = sql`m.due_at <= clock_timestamp() and (m.lease_until is null or m.lease_until < clock_timestamp())`;

/** Which bells have something to ring for: work that is due and that nobody holds a lease of. */
export async function listDueBells(db: Db): Promise<Bell[]> {
  const { rows } = await db.execute<{ bell: Bell; isDue: boolean }>(sql`
    select 'requests' as bell, exists (select from requests where finished_at is null and type <> 'look_up') as "isDue"
    union all
    select 'look_ups', exists (select from requests where finished_at is null and type = 'look_up')
    union all
    select 'events', exists (select from member_events where handled_at is null)
    union all
    select 'steps', exists (
      select from automation_workflows w, lateral (
        select from workflow_runs r
        where r.workflow_id = w.id and r.due_at <= clock_timestamp()
          and (r.lease_until is null or r.lease_until < clock_timestamp())
        limit 1) due
      where w.is_enabled)
    union all
    select 'imports', exists (${dueImports}) or exists (${forgettableImports})
    union all
    select 'digests', exists (${owedDigests(sql`clock_timestamp()`)})
    union all
    select 'deliver', exists (
      select from communication_logs m where m.channel in ('email', 'in_app', 'sms') and m.workflow_id is null and ${isDue}
    ) or exists (
      select from automation_workflows w, unnest(array['email', 'in_app', 'sms']) as c (channel), lateral (
        select from communication_logs m where m.channel = c.channel and m.workflow_id = w.id and ${isDue} limit 1) due
      where w.is_enabled or w.archived_at is not null)
    union all
    select 'sweep', exists (
      select from automation_workflows w, gym_settings g
      where w.is_enabled
        and clock_timestamp() >= ((clock_timestamp() at time zone g.time_zone)::date + g.sweep_time) at time zone g.time_zone
        and not exists (select from swept_days d
                        where d.workflow_id = w.id and d.is_scheduled and d.swept_on = (clock_timestamp() at time zone g.time_zone)::date)
        and not exists (select from requests q where q.workflow_id = w.id and q.type = 'sweep' and q.finished_at is null))`);
  return rows.flatMap(({ bell, isDue }) => (isDue ? [bell] : []));
}
