import { expect, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { connect } from "#db/client";
import { readRedisAt } from "../support/redis.ts";

test("S29: after all that the browser tests had done, the queue names nobody", async () => {
  const { db, close } = connect({ connectionString: process.env.DATABASE_URL ?? "", max: 1 });
  try {
    const { rows } = await db.execute<{ word: string }>(sql`
      select distinct word from users, unnest(array[email, last_name]) word where length(word) > 4`);
    const kept = (await readRedisAt(process.env.REDIS_URL ?? "")).toLowerCase();
    expect(kept).toContain("automation");
    expect(rows.length).toBeGreaterThan(600);
    expect(rows.filter(({ word }) => kept.includes(word.toLowerCase()))).toEqual([]);
  } finally {
    await close();
  }
});
