import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { type Db, withTransaction } from "#db/client";
import { findImport, moveImport } from "#db/queries/imports";
import { importLimits } from "#lib/import-limits";
import { gymClock } from "../test/support/csv.ts";
import { test } from "../test/support/database.ts";
import { beginImport, bringFile, cancelImport, checkFile, readBroughtFile, takePiece } from "./bring-file.ts";

const admin = 7;
const clock = { ...gymClock, now: new Date() };

test.beforeEach(async ({ database: { db } }) => {
  await db.execute(sql`delete from imports`);
});

const bring = (db: Db, bytes: number, userId = admin) =>
  withTransaction(db, (tx) => bringFile(tx, { kind: "members", fileName: "a.csv", bytes }, userId, clock));

async function send(db: Db, text: string) {
  const content = Buffer.from(text);
  const importId = await bring(db, content.length);
  await takePiece(db, { importId, userId: admin, number: 0, content });
  return importId;
}

const read = (db: Db, importId: number, userId = admin) =>
  withTransaction(db, (tx) => readBroughtFile(tx, importId, userId, clock));
const check = (db: Db, importId: number, columns: (string | null)[]) =>
  withTransaction(db, (tx) => checkFile(tx, importId, { columns, dates: null }, clock));
const begin = (db: Db, importId: number) => withTransaction(db, (tx) => beginImport(tx, importId, admin, clock));

test("S42: within an hour somebody brings thirty files and begins with five, however many at once", async ({
  database: { db },
}) => {
  const brought = await Promise.allSettled(Array.from({ length: 34 }, () => bring(db, 10)));
  expect(brought.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
  expect(await bring(db, 10, admin + 1)).toBeGreaterThan(0);
  await db.execute(sql`update imports set state = 'checked' where created_by = ${admin}`);
  const ids = brought.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  const begun = await Promise.allSettled(ids.slice(0, 8).map((id) => begin(db, id)));
  expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  expect(begun.flatMap((answer) => (answer.status === "rejected" ? [answer.reason.code] : []))).toEqual([
    "too_many",
    "too_many",
    "too_many",
  ]);
});

test("B37, S31: a file, and each of its pieces, has a size that it may have", async ({ database: { db } }) => {
  await expect(bring(db, importLimits.bytes + 1)).rejects.toThrow(/^At most 50 MB and 200,000 lines/);
  await expect(bring(db, 0)).rejects.toThrow("The file is empty.");
  const importId = await bring(db, importLimits.bytes);
  const content = Buffer.alloc(importLimits.pieceBytes + 1, "a");
  await expect(takePiece(db, { importId, userId: admin, number: 0, content })).rejects.toMatchObject({
    code: "too_large",
  });
  await expect(read(db, importId)).rejects.toThrow("The file did not come whole.");
});

test("a file is sent by whoever brought it, once, and nobody adds to it later", async ({ database: { db } }) => {
  const importId = await send(db, "external_id\nA\n");
  const piece = { importId, userId: admin + 1, number: 0, content: Buffer.from("external_id\nB\n") };
  await expect(takePiece(db, piece)).rejects.toMatchObject({ code: "not_found" });
  await expect(read(db, importId, admin + 1)).rejects.toMatchObject({ code: "conflict" });
  await read(db, importId);
  expect(await findImport(db, importId)).toMatchObject({ state: "checking", columns: ["external_id"] });
  await expect(takePiece(db, { ...piece, userId: admin })).rejects.toMatchObject({ code: "not_found" });
  await expect(read(db, importId)).rejects.toMatchObject({ code: "conflict" });
});

test("columns are guessed by what other systems call them, each once; what is missing is asked for", async ({
  database: { db },
}) => {
  const guessed = await send(db, "Nr;E-Mail;Vorname;Geburtsdatum;Haustier;E-Mail\nA;a@b.example;Ada;1990-01-01;Cat;\n");
  await read(db, guessed);
  const { columns } = (await findImport(db, guessed)) ?? {};
  expect(columns).toEqual(["external_id", "email", "first_name", "birth_date", null, null]);

  const nameless = await send(db, "Wer;Was\nA;Ada\n");
  await read(db, nameless);
  expect(await findImport(db, nameless)).toMatchObject({ state: "mapping", columns: [null, null] });
  await expect(check(db, nameless, [null, "first_name"])).rejects.toThrow("Say which column is external_id or email.");
  await expect(check(db, nameless, ["email", "email"])).rejects.toThrow(/^Two columns are the same/);
  await expect(check(db, nameless, ["email"])).rejects.toThrow(/^These are not the columns/);
  await expect(check(db, nameless, ["email", "password"])).rejects.toThrow(/^These are not the columns/);
  await check(db, nameless, ["email", "first_name"]);
  await expect(check(db, nameless, ["email", "first_name"])).rejects.toMatchObject({ code: "conflict" });
});

test("an import begins once, after it was checked; cancelled it leaves no file, and before that not a trace", async ({
  database: { db },
}) => {
  const importId = await send(db, "external_id\nA\n");
  await read(db, importId);
  await expect(begin(db, importId)).rejects.toMatchObject({ code: "conflict" });
  await moveImport(db, importId, ["checking"], { state: "checked" });
  const begun = await Promise.allSettled([begin(db, importId), begin(db, importId)]);
  expect(begun.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const cancel = (id: number) => withTransaction(db, (tx) => cancelImport(tx, id, admin));
  expect(await cancel(importId)).toEqual({ isForgotten: false });
  expect(await findImport(db, importId)).toMatchObject({ state: "cancelled" });
  const { rows } = await db.execute(
    sql`select action, actor_id as actor from audit_events where subject_id = ${importId} and subject_type = 'import' order by id`,
  );
  expect(rows).toEqual([
    { action: "import.started", actor: admin },
    { action: "import.cancelled", actor: admin },
  ]);
  const other = await send(db, "external_id\nA\n");
  expect(await cancel(other)).toEqual({ isForgotten: true });
  expect((await db.execute(sql`select from import_pieces`)).rowCount).toBe(0);
});
