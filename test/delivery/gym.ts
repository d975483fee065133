import { sql } from "drizzle-orm";
import { onTestFinished } from "vitest";
import { connect, type Db } from "#db/client";
import { stopRuns } from "#engine/end-stopped";
import type { Clock } from "#lib/clock";
import type { DeliveryOptions } from "#messaging/deliver";
import { createOutbox } from "#messaging/providers/outbox";
import { createTestDatabase } from "../support/database.ts";
import { clockAt, createTemplate, createWorkflow } from "../support/factories.ts";

export const noon: Clock = { ...clockAt("2026-11-23"), now: new Date("2026-11-23T11:00:00Z") };

export const later = (clock: Clock, ms: number): Clock => ({ ...clock, now: new Date(clock.now.getTime() + ms) });

/**
 * A gym of so many members, who all agreed to advertising by email, each of whom is owed `each` messages of a workflow
 * that is on. The address carries the member's number; `addressOf` gives another.
 */
export async function createOwingGym(members: number, { each = 1, addressOf = sql`'m' || n || '@example.com'` } = {}) {
  const database = await createTestDatabase();
  onTestFinished(database.drop);
  const { db } = database;
  await createTemplate(db);
  await createWorkflow(db);
  await db.execute(sql`
    insert into users (first_name, email, join_date) select 'Ada', ${addressOf}, '2020-01-01' from generate_series(1, ${members}) n`);
  await db.execute(sql`
    insert into consent_events (member_id, channel, class, is_granted, source)
    select id, 'email', 'marketing', true, 'test' from users where role = 'member'`);
  const { rows } = await db.execute<{ id: number }>(sql`
    with runs as (
      insert into workflow_runs (workflow_id, version_id, member_id, status, occurrence, started_on, started_at, ended_at)
      select w.id, w.live_version_id, u.id, 'done', 'run-' || k, ${noon.today}::date, ${noon.now}::timestamptz, ${noon.now}::timestamptz
      from users u, automation_workflows w, generate_series(1, ${each}) k where u.role = 'member' order by u.id, k
      returning id, member_id, workflow_id)
    insert into communication_logs
      (channel, class, member_id, run_id, step_id, workflow_id, template_id, template_version_id, due_at, queued_at)
    select t.channel, t.class, member_id, runs.id, 1, workflow_id, t.id, t.live_version_id, ${noon.now}::timestamptz, ${noon.now}::timestamptz
    from runs, communication_templates t
    returning id`);
  return { database, db, messageIds: rows.map(({ id }) => id) };
}

/** A worker's own connections to the same database. */
export function connectAnother(url: string): Db {
  const { db, close } = connect({ connectionString: url, max: 4 });
  onTestFinished(close);
  return db;
}

export const deliveryOptions = (email: DeliveryOptions["email"]): DeliveryOptions => ({
  email,
  sms: createOutbox("sms"),
  stopRuns,
  links: { appUrl: "https://app.example", unsubscribeUrl: (id) => `https://app.example/unsubscribe/${id}` },
});

/** How many messages are in each state, with its reason. */
export async function countStates(db: Db): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ state: string; count: number }>(sql`
    select concat_ws(': ', status, reason) as state, count(*)::int as count from communication_logs group by 1 order by 1`);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** When the next message is due, or null when none is owed. */
export async function nextDue(db: Db): Promise<Date | null> {
  const { rows } = await db.execute<{ due: string | null }>(sql`
    select min(due_at) as due from communication_logs where due_at is not null`);
  return rows[0]?.due ? new Date(rows[0].due) : null;
}
