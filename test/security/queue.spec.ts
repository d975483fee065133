import { expect, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { Redis } from "ioredis";
import { connect } from "#db/client";
import { readEverything } from "../support/redis.ts";

test("S29: after all that the browser tests had done, the queue names nobody", async () => {
  const { db, close } = connect({ connectionString: process.env.DATABASE_URL ?? "", max: 1 });
  const redis = new Redis(process.env.REDIS_URL ?? "");
  try {
    const { rows } = await db.execute<{ word: string }>(sql`
      select distinct word from users, unnest(array[email, last_name]) word where length(word) > 4`);
    const kept = (await readEverything(redis)).toLowerCase();
    expect(kept).toContain("automation");
    expect(rows.length).toBeGreaterThan(600);
    expect(rows.filter(({ word }) => kept.includes(word.toLowerCase()))).toEqual([]);
  } finally {
    redis.disconnect();
    await close();
  }
});
