import { expect } from "vitest";
import { migrateQueue } from "#worker/connection";
import { test } from "../support/database.ts";
import { killWorkers } from "./kill-workers.ts";

const seed = Number(process.env.CHAOS_SEED ?? 1);

test(`workers killed at random lose nothing and double nothing (seed ${seed})`, { timeout: 180_000 }, async ({
  database,
}) => {
  await migrateQueue(database.url, "app");
  const sizes = { runs: 600, kills: 60, flushes: 2 };
  const verdict = await killWorkers(database.db, { databaseUrl: database.appUrl, seed, ...sizes });
  expect(verdict).toMatchObject({
    killed: sizes.kills,
    members: sizes.runs,
    lost: 0,
    doubled: 0,
    changedBodies: 0,
    successLogs: sizes.runs * 3,
  });
});
