import { sql } from "drizzle-orm";
import { expect, onTestFinished } from "vitest";
import { ringBell } from "#db/bells";
import { type Db, withTransaction } from "#db/client";
import { findImport, restartImport } from "#db/queries/imports";
import { bringFile, readBroughtFile, takePiece } from "#importing/bring-file";
import { importLimits } from "#lib/import-limits";
import { migrateQueue } from "#worker/connection";
import { startProcess } from "../test/security/own-process.ts";
import { gymClock } from "../test/support/csv.ts";
import { type TestDatabase, test } from "../test/support/database.ts";
import { until } from "../test/support/until.ts";

const admin = 1;
const clock = { ...gymClock, now: new Date() };

async function bring(db: Db, content: Buffer) {
  const given = { kind: "members" as const, fileName: "a.csv", bytes: content.length };
  const importId = await withTransaction(db, (tx) => bringFile(tx, given, admin, clock));
  for (let start = 0, number = 0; start < content.length; start += importLimits.pieceBytes, number++) {
    const piece = content.subarray(start, start + importLimits.pieceBytes);
    await takePiece(db, { importId, number, userId: admin, content: piece });
  }
  await withTransaction(db, (tx) => readBroughtFile(tx, importId, admin, clock));
  return importId;
}

function startWorker({ appUrl }: TestDatabase) {
  const env = {
    DATABASE_URL: appUrl,
    APP_URL: "http://localhost:3000",
    AUTH_SECRET: "x".repeat(40),
    LOG_LEVEL: "error",
  };
  const worker = startProcess("worker/main.ts", env);
  onTestFinished(() => (worker.isAlive() ? worker.stop() : undefined));
  return worker;
}

test("B42: a worker that is killed while it imports is followed by another, and each line counts once", async ({
  database,
}) => {
  const { db } = database;
  await migrateQueue(database.url, "app");
  const lines = Array.from({ length: 12_000 }, (_, line) => `K${line},Name ${line}`);
  const importId = await bring(db, Buffer.from(["external_id,first_name", ...lines, "K1,Again"].join("\n")));
  const see = () => findImport(db, importId);
  const first = startWorker(database);
  await until(see, (row) => row?.state === "checked", 60_000);
  expect(await see()).toMatchObject({ created: 12_000, refused: 1 });
  await restartImport(db, importId, ["checked"], { state: "importing", startedAt: new Date() });
  await ringBell(db, "imports");

  await until(see, (row) => (row?.lastLine ?? 0) > 3_000, 60_000);
  process.kill(first.pid ?? 0, "SIGKILL");
  await until(
    () => first.isAlive(),
    (isAlive) => !isAlive,
  );
  expect(await see()).toMatchObject({ state: "importing" });
  // As if its half minute had run out.
  await db.execute(sql`update imports set lease_until = now()`);
  startWorker(database);
  await until(see, (row) => row?.state === "done", 60_000);
  expect(await see()).toMatchObject({ read: 12_001, created: 12_000, updated: 0, unchanged: 0, refused: 1 });
  const { rows } = await db.execute(sql`select count(*)::int as count from users where external_id like 'K%'`);
  expect(rows).toEqual([{ count: 12_000 }]);
}, 180_000);
