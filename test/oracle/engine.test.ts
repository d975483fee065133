import fc from "fast-check";
import { expect } from "vitest";
import { type Db, withTransaction } from "#db/client";
import { test } from "../support/database.ts";
import { isLong, seed } from "../support/size.ts";
import { type Difference, findDifference } from "./compare.ts";
import { gyms } from "./gyms.ts";
import type { Gym } from "./model.ts";
import { shrinkGym } from "./shrink.ts";

const size = isLong ? { gyms: 500, members: 200 } : { gyms: 40, members: 200 };

test(`E9, E11, E12, E13, E14: ${size.gyms} random gyms go as foreseen (seed ${seed})`, { timeout: 1_800_000 }, async ({
  database: { db },
}) => {
  let gymsPlayed = 0;
  const property = fc.asyncProperty(gyms(size.members), async (gym) => {
    gymsPlayed++;
    return (await playOnce(db, gym)) === null;
  });
  const run = await fc.check(property, { seed, numRuns: size.gyms, endOnFailure: true, path: process.env.ORACLE_PATH });
  if (run.failed) {
    throw new Error(await explain(db, run.counterexample?.[0], run.counterexamplePath));
  }
  expect(gymsPlayed).toBe(process.env.ORACLE_PATH ? gymsPlayed : size.gyms);
});

const undo = new Error("undo");

/** Each gym has the database to itself, and leaves it empty. */
async function playOnce(db: Db, gym: Gym): Promise<Difference | null> {
  let difference: Difference | null = null;
  await withTransaction(db, async (tx) => {
    difference = await findDifference(tx, gym);
    throw undo;
  }).catch((error) => {
    if (error !== undo) {
      throw error;
    }
  });
  return difference;
}

async function explain(db: Db, gym: Gym | undefined, path: string | null): Promise<string> {
  if (!gym) {
    return "No gym was played.";
  }
  const first = await playOnce(db, gym);
  const small = await shrinkGym(gym, async (smaller) => (await playOnce(db, smaller)) !== null);
  const difference = await playOnce(db, small);
  return [
    `The engine and the oracle part. First seen: ${first?.words}`,
    `Shrunk: ${difference?.words}`,
    JSON.stringify(small, null, 1),
    `Again: ORACLE_SEED=${seed} ORACLE_PATH=${path} npx vitest run test/oracle/engine.test.ts`,
  ].join("\n");
}
