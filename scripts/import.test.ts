import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "node:stream/promises";
import { sql } from "drizzle-orm";
import { afterAll, expect, vi } from "vitest";
import type { Db } from "#db/client";
import { one } from "#lib/rows";
import { emptyGym } from "../test/support/csv.ts";
import { type TestDatabase, test } from "../test/support/database.ts";
import { startScript } from "../test/support/run-script.ts";
import { until } from "../test/support/until.ts";

// Each run starts a process.
vi.setConfig({ testTimeout: 60_000 });

const directory = mkdtempSync(path.join(tmpdir(), "retention-import-"));
afterAll(() => rmSync(directory, { recursive: true }));

test.beforeEach(({ database }) => emptyGym(database.db));

const write = (name: string, lines: string[]) => {
  const file = path.join(directory, name);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
};

const start = ({ appUrl }: TestDatabase, ...args: string[]) =>
  startScript("scripts/import.ts", args, { DATABASE_URL: appUrl });

const run = async (database: TestDatabase, ...args: string[]) => {
  const { code, out, error } = await (await start(database, ...args)).done;
  return { code, stdout: out, stderr: error };
};

async function countVisits(db: Db) {
  const { rows } = await db.execute<{ visits: number; counted: number }>(sql`
    select (select count(*)::int from visits) as visits, (select coalesce(sum(visits_total), 0)::int from member_stats) as counted`);
  return one(rows);
}

test("a clean file ends with 0 and says in words what happened; again, that nothing did", async ({ database }) => {
  const file = write("clean.csv", ["email;first_name;shoe", "anna@example.ch;Anna;38", "beat@example.ch;Beat;44"]);
  const first = await run(database, "members", file);
  expect(first).toEqual({
    code: 0,
    stdout:
      `Read 2 lines of members from ${file}: UTF-8, separated by ";".\n` +
      "Columns that nobody knows here were ignored: shoe.\n2 new, 0 updated, 0 unchanged, 0 refused.\n",
    stderr: "",
  });
  expect((await run(database, "members", file)).stdout).toContain("0 new, 0 updated, 2 unchanged, 0 refused.");
});

test("bad lines end with 2: the first twenty as a table, all in a file that no spreadsheet runs", async ({
  database,
}) => {
  const bad = Array.from({ length: 25 }, (_, number) => `M${number},=cmd${number}@`);
  const file = write("bad.csv", ["external_id,email", ...bad, "M99,anna@example.ch"]);
  const { code, stdout } = await run(database, "members", file);
  expect(code).toBe(2);
  expect(stdout).toContain("1 new, 0 updated, 0 unchanged, 25 refused.");
  expect(stdout).toContain("Line  Column  Value    Reason\n2     email   =cmd0@   one address like name@example.ch\n");
  expect(stdout).toContain("21    email   =cmd19@");
  expect(stdout).not.toContain("22    email");
  expect(stdout).toContain(`All 25 are in ${file}.errors.csv`);
  const lines = readFileSync(`${file}.errors.csv`, "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(26);
  expect(lines.slice(0, 2)).toEqual([
    "\ufeffline,column,value,reason",
    "2,email,'=cmd0@,one address like name@example.ch",
  ]);
});

test("--json prints one object of the promised shape and nothing else", async ({ database }) => {
  const file = write("json.csv", ["external_id,email,birth_date", "M1,a@b,1990-04-23", "M2,,31/04/1990", "M3,,"]);
  const { code, stdout, stderr } = await run(database, "members", file, "--json");
  expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    ...{ read: 3, created: 1, updated: 0, unchanged: 0, refused: 2 },
    errors: [
      { line: 2, column: "email", value: "a@b", reason: "one address like name@example.ch" },
      { line: 3, column: "birth_date", value: "31/04/1990", reason: "1990 has no 31 April" },
    ],
  });
  expect(existsSync(`${file}.errors.csv`)).toBe(false);
});

test("a dry run stores nothing", async ({ database }) => {
  const file = write("dry.csv", ["external_id", "M1"]);
  const { code, stdout } = await run(database, "members", file, "--dry-run");
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("A dry run, nothing was stored: 1 new"),
  });
  const { rows } = await database.db.execute(sql`select from users`);
  expect(rows).toEqual([]);
});

test("what cannot be done ends with 1 and says why", async ({ database }) => {
  const file = write("dates.csv", ["external_id,birth_date", "M1,03/04/1990"]);
  const question = /^The days in birth_date are not written year-month-day \(line 2: 03\/04\/1990\)/;
  const cases = [
    [["members"], /^Usage: npm run import -- members\|visits\|memberships\|risk FILE/],
    [["members", "/nowhere.csv"], /^There is no such file: \/nowhere\.csv$/m],
    [["members", file], question],
  ] as const;
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await run(database, ...args);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(message) });
  }
  const { code, stdout } = await run(database, "members", file, "--json");
  expect({ code, answer: JSON.parse(stdout) }).toEqual({
    code: 1,
    answer: {
      ...{ read: 0, created: 0, updated: 0, unchanged: 0, refused: 0 },
      errors: [{ line: 2, column: "birth_date", value: "03/04/1990", reason: expect.stringMatching(question) }],
    },
  });
});

test("killed in the middle and run again, each visit is there and counted once", async ({ database }) => {
  await run(
    database,
    "members",
    write("killed-members.csv", ["external_id", ...Array.from({ length: 500 }, (_, n) => `M${n}`)]),
  );
  const visits = Array.from({ length: 20_000 }, (_, n) => `M${n % 500},${new Date(1.7e12 + n * 60_000).toISOString()}`);
  const file = write("killed.csv", ["member_external_id,visited_at", ...visits]);
  const { child, done } = await start(database, "visits", file);
  await until(
    () => database.db.execute(sql`select from visits limit 1`),
    ({ rows }) => rows.length === 1 || child.exitCode !== null,
  );
  child.kill("SIGKILL");
  await done;
  const { visits: stored, counted } = await countVisits(database.db);
  expect(stored).toBeLessThan(20_000);
  expect(counted).toBe(stored);

  const { stdout } = await run(database, "visits", file, "--json");
  expect(JSON.parse(stdout)).toMatchObject({ read: 20_000, created: 20_000 - stored, unchanged: stored });
  expect(await countVisits(database.db)).toEqual({ visits: 20_000, counted: 20_000 });
});

test("a file far larger than its memory is read in less than 350 MiB", async ({ database }) => {
  const file = path.join(directory, "large.csv");
  const stream = createWriteStream(file);
  stream.write("member_external_id,visited_at,notes\n");
  const notes = "x".repeat(900_000);
  for (let line = 0; line < 120; line++) {
    stream.write(`M1,2026-01-01T10:00,${notes}\n`);
  }
  stream.end();
  await finished(stream);
  const { child, done } = await start(database, "visits", file, "--json");
  let peakKiB = 0;
  const watch = setInterval(() => {
    if (existsSync(`/proc/${child.pid}/status`)) {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      peakKiB = Math.max(peakKiB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    }
  }, 20);
  const { out } = await done;
  clearInterval(watch);
  expect(JSON.parse(out)).toMatchObject({ read: 120, refused: 120 });
  expect(peakKiB / 1024).toBeLessThan(350);
});
