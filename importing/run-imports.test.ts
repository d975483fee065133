import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import {
  findImport,
  insertImport,
  keepPiece,
  listImportProblems,
  moveImport,
  restartImport,
} from "#db/queries/imports";
import { importLimits } from "#lib/import-limits";
import { emptyGym, gymClock } from "../test/support/csv.ts";
import { test } from "../test/support/database.ts";
import { runImports } from "./run-imports.ts";

test.beforeEach(async ({ database: { db } }) => {
  await emptyGym(db);
  await db.execute(sql`delete from imports`);
});

const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `N${from + index},Name ${from + index}`);

/** A file as a browser sends it, which somebody has asked to check. */
async function bring(db: Db, lines: string[], further: Parameters<typeof moveImport>[3] = {}) {
  const content = Buffer.from(`${lines.join("\n")}\n`);
  const id = await insertImport(db, { kind: "members", fileName: "a.csv", bytes: content.length, createdBy: 1 });
  for (let start = 0; start < content.length; start += importLimits.pieceBytes) {
    const piece = content.subarray(start, start + importLimits.pieceBytes);
    await keepPiece(db, { importId: id, userId: 1, number: start / importLimits.pieceBytes, content: piece });
  }
  await moveImport(db, id, ["uploading"], { state: "checking", ...further });
  return id;
}

const begin = (db: Db, id: number) => restartImport(db, id, ["checked"], { state: "importing", startedAt: new Date() });

const work = (db: Db, shouldStop = () => false) =>
  runImports(db, async () => gymClock, {
    leaseMs: 30_000,
    shouldStop,
    onFailure: (_id, error) => {
      throw error;
    },
  });

const countMembers = async (db: Db) => {
  const { rows } = await db.execute<{ count: number }>(sql`select count(*)::int as count from users`);
  return rows[0]?.count;
};

const piecesLeft = async (db: Db) => (await db.execute(sql`select from import_pieces`)).rowCount;

test("B39, B42: a file is checked without a trace, then stored, and brought again it changes nothing", async ({
  database: { db },
}) => {
  const lines = ["external_id,first_name", ...many(0, 1_500), "bad", ...many(1_500, 2_300)];
  for (const [created, unchanged] of [
    [2_300, 0],
    [0, 2_300],
  ]) {
    const id = await bring(db, lines);
    const before = await countMembers(db);
    await work(db);
    const counts = { read: 2_301, created, unchanged, updated: 0, refused: 1 };
    expect(await findImport(db, id)).toMatchObject({ state: "checked", ...counts });
    expect(await countMembers(db)).toBe(before);
    await begin(db, id);
    expect(await work(db)).toBe(1);
    expect(await findImport(db, id)).toMatchObject({ state: "done", ...counts, error: null });
    expect(await listImportProblems(db, id, 10)).toMatchObject([{ line: 1_502 }]);
    expect(await countMembers(db)).toBe(2_300);
    expect(await piecesLeft(db)).toBe(0);
  }
});

test("B42: an import that is cut off after each chunk goes on at its cursor, and counts each line once", async ({
  database: { db },
}) => {
  const lines = ["external_id,first_name", ...many(0, 3_400), "N1,Again"];
  const id = await bring(db, lines);
  await work(db);
  await begin(db, id);
  const cursors: unknown[] = [];
  for (let claims = 0; (await findImport(db, id))?.state === "importing" && claims < 10; claims++) {
    let asked = 0;
    // Once for the claim, and after the first chunk it is time to go.
    await work(db, () => ++asked > 1);
    cursors.push((await findImport(db, id))?.lastLine);
  }
  expect(cursors).toEqual([1_001, 2_001, 3_001, 3_402, 3_402]);
  expect(await findImport(db, id)).toMatchObject({ state: "done", read: 3_401, created: 3_400, refused: 1 });
  expect(await listImportProblems(db, id, 10)).toMatchObject([
    { reason: "Lines 3 and 3402: same external_id; the first was taken" },
  ]);
  expect(await countMembers(db)).toBe(3_400);
});

test("cancelled while it goes, it stores no further chunk", async ({ database: { db } }) => {
  const id = await bring(db, ["external_id,first_name", ...many(0, 5_000)]);
  await work(db);
  await begin(db, id);
  const cancel = () => moveImport(db, id, ["importing"], { state: "cancelled", leaseToken: null });
  let asked = 0;
  const cancelled: Promise<unknown>[] = [];
  await work(db, () => {
    asked++;
    if (asked === 2) {
      cancelled.push(cancel());
    }
    return false;
  });
  await Promise.all(cancelled);
  const { state, created } = (await findImport(db, id)) ?? {};
  expect(state).toBe("cancelled");
  expect(created).toBeLessThan(5_000);
  expect(await countMembers(db)).toBe(created);
});

test("B43: days that can be read in two ways are asked about, and read as is said then", async ({
  database: { db },
}) => {
  const id = await bring(db, ["external_id,birth_date", "A,03/04/1990"]);
  await work(db);
  expect(await findImport(db, id)).toMatchObject({
    state: "mapping",
    asksForDates: true,
    error: expect.stringMatching(/line 2: 03\/04\/1990\)\. Is that day\/month or month\/day\?$/),
  });
  await restartImport(db, id, ["mapping"], { state: "checking", dates: "mdy" });
  await work(db);
  expect(await findImport(db, id)).toMatchObject({ state: "checked", created: 1, error: null, asksForDates: false });
});

test("columns are what somebody said they are, whatever the header says", async ({ database: { db } }) => {
  const id = await bring(db, ["Nr,Vorname,Wohnort", "A,Ada,Bern"], { columns: ["external_id", "first_name", null] });
  await work(db);
  await begin(db, id);
  await work(db);
  const { rows } = await db.execute(sql`select external_id as nr, first_name as name from users`);
  expect(rows).toEqual([{ nr: "A", name: "Ada" }]);
});

test("B37: more lines than a browser may bring in are refused, and a file that kills its worker is given up", async ({
  database: { db },
}) => {
  const long = await bring(db, [
    "external_id",
    ...Array.from({ length: importLimits.lines + 1 }, (_, line) => `${line}`),
  ]);
  const deadly = await bring(db, ["external_id", "A"], { lostClaims: 5 });
  await work(db);
  expect(await findImport(db, long)).toMatchObject({
    state: "failed",
    error: expect.stringContaining("more than 200,000 lines"),
  });
  expect(await findImport(db, deadly)).toMatchObject({
    state: "failed",
    error: expect.stringContaining("several times"),
  });
  expect(await piecesLeft(db)).toBe(0);
}, 120_000);

test("a file that nobody began with goes after a day", async ({ database: { db } }) => {
  const id = await bring(db, ["external_id", "A"], { state: "mapping" });
  await work(db);
  expect(await findImport(db, id)).not.toBeNull();
  await db.execute(sql`update imports set created_at = now() - interval '25 hours'`);
  await work(db);
  expect(await findImport(db, id)).toBeNull();
  expect(await piecesLeft(db)).toBe(0);
});

test("B40: what cannot be stored is told of all the same", async ({ database: { db } }) => {
  const id = await bring(db, ["external_id,first_name", "A,a\0b"]);
  await work(db);
  expect(await findImport(db, id)).toMatchObject({ state: "checked", refused: 1 });
  expect(await listImportProblems(db, id, 10)).toMatchObject([{ line: 2, value: "a\ufffdb" }]);
});
