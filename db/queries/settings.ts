import { desc, eq, sql } from "drizzle-orm";
import { one } from "#lib/rows";
import { ringBell } from "../bells.ts";
import type { Db, Tx } from "../client.ts";
import { auditEvents, communicationLogs, gymSettings, users } from "../schema/index.ts";
import { memberName } from "./logs.ts";

export type GymSettings = typeof gymSettings.$inferSelect;

export const readSettings = async (db: Db): Promise<GymSettings> => one(await db.select().from(gymSettings));

/** Until the transaction ends nobody else changes them. */
export const lockSettings = async (tx: Tx): Promise<GymSettings> =>
  one(await tx.select().from(gymSettings).for("update"));

export async function updateSettings(tx: Tx, change: Partial<GymSettings>): Promise<void> {
  await tx.update(gymSettings).set({ ...change, updatedAt: sql`now()` });
}

/** Who did such a thing last, and when; without a name it was no person, or one who is gone. */
export async function findLastAct(db: Db, action: string): Promise<{ editor: string | null; editedAt: Date } | null> {
  const [act] = await db
    .select({ editor: memberName, editedAt: auditEvents.createdAt })
    .from(auditEvents)
    .leftJoin(users, eq(users.id, auditEvents.actorId))
    .where(eq(auditEvents.action, action))
    .orderBy(desc(auditEvents.id))
    .limit(1);
  return act ?? null;
}

/** Has what waits for the end of the quiet hours judged anew, since they may be over by now. */
export async function endWaitForMorning(tx: Tx, now: Date): Promise<void> {
  await tx
    .update(communicationLogs)
    .set({ dueAt: now })
    .where(sql`${communicationLogs.dueAt} > ${now}::timestamptz and ${communicationLogs.reason} = 'quiet_hours'`);
  await ringBell(tx, "deliver");
}

/** Whether the database has rules for a zone by that name: it has its own list. */
export async function knowsTimeZone(db: Db, name: string): Promise<boolean> {
  const { rows } = await db.execute(sql`select from pg_timezone_names where name = ${name}`);
  return rows.length > 0;
}

/** The gym's day up to which every workflow that is on was swept on its schedule; null where one never was, or none is on. */
export async function readSweptThrough(db: Db): Promise<{ enabled: number; sweptThrough: string | null }> {
  const { rows } = await db.execute<{ enabled: number; sweptThrough: string | null }>(sql`
    select count(*)::int as enabled, case when count(*) = count(last_on) then min(last_on)::text end as "sweptThrough"
    from automation_workflows w left join lateral (
      select max(swept_on) as last_on from swept_days d where d.workflow_id = w.id and d.is_scheduled
    ) swept on true
    where w.is_enabled`);
  return one(rows);
}
