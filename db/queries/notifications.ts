import { and, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { notificationChannel } from "../bells.ts";
import { notifications } from "../schema/index.ts";

export type NotificationRow = Pick<
  typeof notifications.$inferSelect,
  "id" | "title" | "body" | "actionUrl" | "icon" | "createdAt" | "readAt"
>;

type Page = {
  /** Rows older than this one: ids, not instants, because a batch of rows shares its instant. */
  beforeId?: number;
  limit: number;
};

/** Newest first, without the dismissed ones. */
export function listNotifications(db: Db, memberId: number, { beforeId, limit }: Page): Promise<NotificationRow[]> {
  return db
    .select({
      id: notifications.id,
      title: notifications.title,
      body: notifications.body,
      actionUrl: notifications.actionUrl,
      icon: notifications.icon,
      createdAt: notifications.createdAt,
      readAt: notifications.readAt,
    })
    .from(notifications)
    .where(
      and(
        eq(notifications.memberId, memberId),
        isNull(notifications.dismissedAt),
        beforeId === undefined ? undefined : lt(notifications.id, beforeId),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(limit);
}

export function countUnread(db: Db, memberId: number): Promise<number> {
  return db.$count(
    notifications,
    and(eq(notifications.memberId, memberId), isNull(notifications.readAt), isNull(notifications.dismissedAt)),
  );
}

export function markRead(db: Db, memberId: number, id: number): Promise<void> {
  return change(db, memberId, sql`read_at = now()`, sql`id = ${id} and read_at is null`);
}

export function markUnread(db: Db, memberId: number, id: number): Promise<void> {
  return change(db, memberId, sql`read_at = null`, sql`id = ${id} and read_at is not null`);
}

/** Up to the newest one that the member has seen: what arrives while they click stays unread. */
export function markAllRead(db: Db, memberId: number, throughId: number): Promise<void> {
  return change(
    db,
    memberId,
    sql`read_at = now()`,
    sql`id <= ${throughId} and read_at is null and dismissed_at is null`,
  );
}

export function dismiss(db: Db, memberId: number, id: number): Promise<void> {
  return change(db, memberId, sql`dismissed_at = now()`, sql`id = ${id} and dismissed_at is null`);
}

/** Undoes `dismiss`. */
export function restore(db: Db, memberId: number, id: number): Promise<void> {
  return change(db, memberId, sql`dismissed_at = null`, sql`id = ${id} and dismissed_at is not null`);
}

/** Changes rows of this member alone and, if there were any, tells the member's other tabs and devices. */
async function change(db: Db, memberId: number, set: SQL, where: SQL): Promise<void> {
  await db.execute(sql`
    with changed as (
      update ${notifications} set ${set} where member_id = ${memberId} and ${where} returning id
    )
    select pg_notify(${notificationChannel}, ${String(memberId)}) where exists (select from changed)`);
}
