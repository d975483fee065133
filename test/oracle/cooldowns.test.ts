import { expect } from "vitest";
import { test } from "../support/database.ts";
import { isLong, seed } from "../support/size.ts";
import { countHistories, findOverlaps, playHistories } from "./cooldowns.ts";

const size = isLong ? { members: 50_000, days: 60 } : { members: 2_000, days: 20 };

test(`G6: no cooldown is broken in ${size.members} histories of ${size.days} days (seed ${seed})`, {
  timeout: 3_600_000,
}, async ({ database: { db } }) => {
  await playHistories(db, { ...size, seed });
  expect(await findOverlaps(db)).toEqual([]);
  const counts = await countHistories(db);
  expect(counts?.again).toBeGreaterThan(size.members * 3);
  expect(counts?.manual).toBeGreaterThan(size.members / 2);
  expect(counts?.failed).toBeGreaterThan(size.members);
  expect(counts?.versions).toBeGreaterThan(5);
});
