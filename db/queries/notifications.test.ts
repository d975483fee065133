import { sql } from "drizzle-orm";
import pg from "pg";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { notifications } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { createMember } from "../../test/support/factories.ts";
import { until } from "../../test/support/until.ts";
import { notificationChannel } from "../bells.ts";
import {
  countUnread,
  dismiss,
  listNotifications,
  markAllRead,
  markRead,
  markUnread,
  restore,
} from "./notifications.ts";

const instant = new Date("2026-11-22T03:00:00Z");

/** Ids, oldest first. All lie there since the same instant, as after a batch. */
async function createNotifications(db: Db, memberId: number, count: number): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into notifications (member_id, title, body, created_at)
    select ${memberId}, 'Title ' || n, 'Body', ${instant}::timestamptz from generate_series(0, ${count - 1}::int) n returning id`);
  return idsOf(rows);
}

const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

test("pages of one instant follow each other without a gap or a repetition, whatever arrives between", async ({
  tx,
}) => {
  const { id: memberId } = await createMember(tx);
  const ids = await createNotifications(tx, memberId, 7);
  const first = idsOf(await listNotifications(tx, memberId, { limit: 3 }));
  await createNotifications(tx, memberId, 2);
  const second = idsOf(await listNotifications(tx, memberId, { beforeId: first.at(-1), limit: 3 }));
  const third = idsOf(await listNotifications(tx, memberId, { beforeId: second.at(-1), limit: 3 }));
  expect([...first, ...second, ...third]).toEqual(ids.toReversed());
});

test("read, unread and dismissed notifications count as the member sees them", async ({ tx }) => {
  const { id: memberId } = await createMember(tx);
  const [oldest = 0, middle = 0, newest = 0] = await createNotifications(tx, memberId, 3);
  await markRead(tx, memberId, oldest);
  await dismiss(tx, memberId, newest);
  expect(await countUnread(tx, memberId)).toBe(1);
  expect(idsOf(await listNotifications(tx, memberId, { limit: 9 }))).toEqual([middle, oldest]);

  await markUnread(tx, memberId, oldest);
  await restore(tx, memberId, newest);
  expect(await countUnread(tx, memberId)).toBe(3);
  expect(idsOf(await listNotifications(tx, memberId, { limit: 9 }))).toEqual([newest, middle, oldest]);
});

test("marking all as read leaves alone what arrived after the member looked", async ({ tx }) => {
  const { id: memberId } = await createMember(tx);
  const seen = await createNotifications(tx, memberId, 3);
  const [arrived] = await createNotifications(tx, memberId, 1);
  await markAllRead(tx, memberId, seen.at(-1) ?? 0);
  const unread = (await listNotifications(tx, memberId, { limit: 9 })).filter(({ readAt }) => readAt === null);
  expect(idsOf(unread)).toEqual([arrived]);
});

test("E89: the same twice, as from two tabs, is the same as once", async ({ tx }) => {
  const { id: memberId } = await createMember(tx);
  const [id = 0] = await createNotifications(tx, memberId, 1);
  await markRead(tx, memberId, id);
  const [before] = await listNotifications(tx, memberId, { limit: 1 });
  await markRead(tx, memberId, id);
  expect(await listNotifications(tx, memberId, { limit: 1 })).toEqual([before]);
  await dismiss(tx, memberId, id);
  await dismiss(tx, memberId, id);
  await restore(tx, memberId, id);
  await restore(tx, memberId, id);
  expect(await listNotifications(tx, memberId, { limit: 1 })).toEqual([before]);
});

test("a member can neither see nor change what is somebody else's", async ({ tx }) => {
  const owner = await createMember(tx);
  const stranger = await createMember(tx);
  const [id = 0, dismissed = 0] = await createNotifications(tx, owner.id, 2);
  await dismiss(tx, owner.id, dismissed);
  const before = await tx.select().from(notifications).orderBy(notifications.id);

  expect(await listNotifications(tx, stranger.id, { limit: 9 })).toEqual([]);
  expect(await countUnread(tx, stranger.id)).toBe(0);
  await markRead(tx, stranger.id, id);
  await markUnread(tx, stranger.id, id);
  await markAllRead(tx, stranger.id, dismissed);
  await dismiss(tx, stranger.id, id);
  await restore(tx, stranger.id, dismissed);
  expect(await tx.select().from(notifications).orderBy(notifications.id)).toEqual(before);
});

test("a change tells the member's other tabs, and one that changes nothing tells nobody", async ({ database }) => {
  const { db } = database;
  const { id: memberId } = await createMember(db);
  const [id = 0] = await createNotifications(db, memberId, 1);
  const heard: string[] = [];
  const listener = new pg.Client({ connectionString: database.url });
  await listener.connect();
  try {
    listener.on("notification", ({ payload = "" }) => heard.push(payload));
    await listener.query(`listen ${notificationChannel}`);
    await markRead(db, memberId, id);
    await markRead(db, memberId, id);
    await dismiss(db, memberId, id);
    await until(
      () => heard.length,
      (length) => length >= 2,
    );
    expect(heard).toEqual([String(memberId), String(memberId)]);
  } finally {
    await listener.end();
  }
});

test("E90: of 5,000 notifications a page and the badge take a moment", async ({ database: { db } }) => {
  const { id: memberId } = await createMember(db);
  const { id: otherId } = await createMember(db);
  for (const id of [memberId, otherId]) {
    await createNotifications(db, id, 5_000);
  }
  const tookMs: number[] = [];
  const seen: number[] = [];
  let beforeId: number | undefined;
  do {
    const startedAt = performance.now();
    const page = await listNotifications(db, memberId, { beforeId, limit: 100 });
    expect(await countUnread(db, memberId)).toBe(5_000);
    tookMs.push(performance.now() - startedAt);
    seen.push(...idsOf(page));
    beforeId = page.at(-1)?.id;
  } while (beforeId !== undefined);
  expect(new Set(seen).size).toBe(5_000);
  tookMs.sort((one, other) => one - other);
  expect(tookMs[Math.floor(tookMs.length * 0.95)]).toBeLessThan(100);
});
