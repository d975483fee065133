import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { test } from "../test/support/database.ts";
import { until } from "../test/support/until.ts";
import { notificationChannel } from "./bells.ts";
import type { Db } from "./client.ts";
import { createHub } from "./notification-hub.ts";

const untilTrue = (ask: () => boolean) => until(ask, (isSo) => isSo);

const say = (db: Db, members: string) => db.execute(sql`select pg_notify(${notificationChannel}, ${members})`);

async function countListeners(db: Db): Promise<number> {
  const { rows } = await db.execute(sql`
    select from pg_stat_activity
    where datname = current_database() and application_name = 'listen notifications'`);
  return rows.length;
}

test("each member's tabs hear of that member alone, over one connection", async ({ database: { db, url } }) => {
  const hub = createHub({ connectionString: url, onError: () => {} });
  const heard: string[] = [];
  try {
    hub.subscribe(1, () => heard.push("one, first tab"));
    hub.subscribe(1, () => heard.push("one, second tab"));
    const leave = hub.subscribe(2, () => heard.push("two"));
    await untilTrue(() => heard.length >= 3);
    expect(await countListeners(db)).toBe(1);

    heard.length = 0;
    await say(db, "1,3");
    await untilTrue(() => heard.length >= 2);
    await say(db, "2");
    await untilTrue(() => heard.includes("two"));
    expect(heard.toSorted()).toEqual(["one, first tab", "one, second tab", "two"]);

    heard.length = 0;
    leave();
    await say(db, "2");
    await say(db, "1");
    await untilTrue(() => heard.length >= 2);
    expect(heard).not.toContain("two");
  } finally {
    await hub.close();
  }
});

test("a connection that is cut comes back, and everybody looks at what they may have missed", async ({
  database: { db, url },
}) => {
  const losses: Error[] = [];
  const hub = createHub({ connectionString: url, onError: (error) => losses.push(error) });
  let heard = 0;
  try {
    hub.subscribe(1, () => heard++);
    await untilTrue(() => heard === 1);
    await db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'listen notifications'`);
    await untilTrue(() => heard === 2);
    expect(losses).toHaveLength(1);
    await say(db, "1");
    await untilTrue(() => heard === 3);
  } finally {
    await hub.close();
  }
});
