import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { users } from "#db/schema/index";
import { fileSource } from "#importing/source";
import { emptyGym, importText } from "../test/support/csv.ts";
import { test } from "../test/support/database.ts";
import type { Part } from "./tally.ts";

test.beforeEach(({ database }) => emptyGym(database.db));

const names = async (db: Db) => {
  const { rows } = await db.execute<{ name: string }>(sql`select first_name as name from users order by external_id`);
  return rows.map(({ name }) => name);
};

const refusals: [what: string, content: string | Buffer, message: RegExp][] = [
  ["empty", "", /^The file is empty\.$/],
  ["only a byte order mark", "\ufeff", /^The file is empty\.$/],
  ["only a header", "email,first_name\n", /^The file has a header and no lines\.$/],
  [
    "a header without what says who it is",
    "first_name\nAnna\n",
    /no column external_id or email\. A file of members may have: external_id, email, first_name, .*tags\. Here it begins with: first_name/,
  ],
  [
    "a header that would clear the terminal",
    "shoe\u001b[2J,\u009b31mfirst_name\nAnna,38\n",
    /Here it begins with: shoe \[2J, {2}31mfirst_name$/,
  ],
  [
    "of days that could be read in two ways, with something behind them",
    `email,birth_date\na@b.ch,03/04/1990\u001b[2J${"x".repeat(100)}\n`,
    /\(line 2: 03\/04\/1990 \[2Jx{45}…\)/,
  ],
  ["a column twice", "email,first_name,Email\na@b.ch,Anna,c@d.ch\n", /^The header has the column email twice\.$/],
  [
    "5,000 columns",
    `${Array.from({ length: 5_000 }, (_, number) => `c${number}`).join(",")}\n1\n`,
    /^The header has 5000 columns: 200 at most\.$/,
  ],
  [
    "a zip archive or a new workbook",
    Buffer.from("PK\u0003\u0004rest"),
    /^This is not a CSV file \(it starts with PK\)\. If it is a workbook, save the sheet as CSV\.$/,
  ],
  ["a program", Buffer.from("MZ\u0090\0"), /^This is not a CSV file \(it starts with MZ\)\.$/],
  ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /it starts with D0 CF/],
  ["a web page", "<!doctype html>", /it starts with </],
  ["some other bytes", Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), /it starts with 89 50/],
  ["one endless line", "x".repeat(3_000_000), /^Line 1: is longer than 1 MiB, or a quote in it is not closed$/],
];

for (const [what, content, message] of refusals) {
  test(`a file that is ${what} is refused as a whole`, async ({ database }) => {
    await expect(importText(database.db, "members", content)).rejects.toThrow(message);
    expect(await names(database.db)).toEqual([]);
  });
}

test("a file that is not there is told by its name", async () => {
  await expect(fileSource("/nowhere/members.csv")).rejects.toThrow("There is no such file: /nowhere/members.csv");
});

const table = "external_id,first_name,last_name\nM1,Zoë,Müller\nM2,Jürg,Roš\n";
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const encodings: [what: string, content: Buffer, encoding: string][] = [
  ["UTF-8", Buffer.from(table), "utf-8"],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${table}`), "utf-8"],
  ["UTF-16 of Excel", Buffer.from(`\ufeff${table}`, "utf16le"), "utf-16le"],
  ["UTF-16, the other way round", utf16be(`\ufeff${table}`), "utf-16be"],
  ["UTF-16 without a mark", Buffer.from(table, "utf16le"), "utf-16le"],
  ["Windows-1252", Buffer.from(table.replace("š", "\u009a"), "latin1"), "windows-1252"],
];

for (const [what, content, encoding] of encodings) {
  test(`${what} is recognised and read right`, async ({ database }) => {
    expect(await importText(database.db, "members", content)).toMatchObject({ encoding, created: 2, problems: [] });
    const stored = await database.db.select({ last: users.lastName }).from(users).orderBy(users.externalId);
    expect(await names(database.db)).toEqual(["Zoë", "Jürg"]);
    expect(stored).toEqual([{ last: "Müller" }, { last: "Roš" }]);
  });
}

test("one broken character in a file of UTF-8 is told, and does not change how the rest is read", async ({
  database,
}) => {
  const content = Buffer.concat([
    Buffer.from("external_id,first_name\nM1,Zoë\nM2,Z"),
    Buffer.from([0xfc]),
    Buffer.from("rich\nM3,Jürg\n"),
  ]);
  const { encoding, problems } = await importText(database.db, "members", content);
  expect(encoding).toBe("utf-8");
  expect(problems).toMatchObject([
    { line: 3, column: "first_name", reason: expect.stringContaining("broken character") },
  ]);
  expect(await names(database.db)).toEqual(["Zoë", "Jürg"]);
});

for (const [what, text] of [
  ["semicolons", 'external_id;first_name;tags\nM1;Anna;"a;b"\nM2;"Be;at";\n'],
  ["carriage returns alone", "external_id,first_name\rM1,Anna\rM2,Be;at\r"],
  ["line ends of Windows", "external_id,first_name\r\nM1,Anna\r\n\r\nM2,Be;at"],
  ["columns in another order and case", "First Name,nobody's,External-ID\nAnna,1,M1\nBe;at,2,M2\n"],
  ["separators left at the end of lines", "external_id,first_name\nM1,Anna,,\nM2,Be;at,,\n"],
] as const) {
  test(`a file with ${what} is read`, async ({ database }) => {
    expect(await importText(database.db, "members", text)).toMatchObject({ read: 2, created: 2, problems: [] });
    expect(await names(database.db)).toEqual(["Anna", "Be;at"]);
  });
}

test("unknown columns are named and ignored", async ({ database }) => {
  const { ignoredColumns } = await importText(database.db, "members", "email,Shoe size,first_name\na@b.ch,38,Anna\n");
  expect(ignoredColumns).toEqual(["Shoe size"]);
});

const many = (count: number) => Array.from({ length: count }, (_, number) => `M${10_000 + number},Name ${number}`);

test.for([
  ["to the end of the file", 'M812,"Anna\nM813,Beat\n'],
  ["up to the next quoted cell", 'M812,"Anna\nM813,"Beat"\nM814,Cara\n'],
] as const)(
  "a quote that stays open %s is told with its line, and what stands before is taken",
  async ([, end], { tx }) => {
    const content = `external_id,first_name\n${many(810).join("\n")}\n${end}`;
    const { created, refused, problems } = await importText(tx, "members", content);
    expect({ created, refused }).toEqual({ created: 810, refused: 1 });
    expect(problems).toMatchObject([{ line: 812, reason: expect.stringMatching(/^Line 812: a quote is not closed/) }]);
  },
);

test("quotes inside of a cell and line breaks inside of quotes are text, and lines are still counted right", async ({
  database,
}) => {
  const content = ["external_id,first_name,email", 'M1,An"na,', 'M2,"Be', 'at ""B"" x",', "M3,Cara,broken"];
  const { problems } = await importText(database.db, "members", content.join("\r\n"));
  expect(problems).toMatchObject([{ line: 5, column: "email", value: "broken" }]);
  expect(await names(database.db)).toEqual(['An"na', 'Be\r\nat "B" x']);
});

test("three bad lines of 10,000 are told by line, column, value and reason, and the others are taken", async ({
  tx,
}) => {
  const lines = many(10_000);
  lines[17] = "M17,Anna,more";
  lines[4_321] = `M4321,${"x".repeat(300)}`;
  lines[9_998] = ",Nobody";
  const answer = await importText(tx, "members", ["external_id,first_name", ...lines]);
  expect(answer).toMatchObject({ read: 10_000, created: 9_997, refused: 3 });
  expect(answer.problems).toEqual([
    { line: 19, column: "", value: "", reason: "has 3 cells, the header has 2" },
    { line: 4_323, column: "first_name", value: `${"x".repeat(59)}…`, reason: "has 300 characters: 100 at most" },
    { line: 10_000, column: "external_id", value: "", reason: "this or the email says who it is" },
  ]);
});

const dates = (...cells: string[]) => ["external_id,birth_date", ...cells.map((cell, number) => `M${number},${cell}`)];

test("days that can be read in two ways are asked about for the whole file, and nothing is stored", async ({
  database,
}) => {
  const file = dates("", "03/04/1990", "25/12/1991");
  await expect(importText(database.db, "members", file)).rejects.toThrow(
    "The days in birth_date are not written year-month-day (line 3: 03/04/1990). Is that day/month or month/day? " +
      "Say it for the whole file: --dates dmy or --dates mdy. 1 of them can only be day/month.",
  );
  expect(await names(database.db)).toEqual([]);

  expect(await importText(database.db, "members", file, { dates: "dmy" })).toMatchObject({ created: 3, problems: [] });
  const stored = await database.db.select({ born: users.birthDate }).from(users).orderBy(users.externalId);
  expect(stored.map(({ born }) => born)).toEqual([null, "1990-04-03", "1991-12-25"]);
});

test("the answer to how days are written holds for each line: one that it does not fit is refused", async ({
  database,
}) => {
  const { problems } = await importText(database.db, "members", dates("03/04/1990", "25/12/1991"), { dates: "mdy" });
  expect(problems).toMatchObject([
    { line: 3, column: "birth_date", value: "25/12/1991", reason: "there is no month 25" },
  ]);
});

test("in a file of ISO days another way of writing is a bad line", async ({ database }) => {
  const answer = await importText(database.db, "members", dates("1990-04-23", "03/04/1990", "29.02.2027"));
  expect(answer).toMatchObject({ created: 1, refused: 2 });
});

test("a dry run counts what an import would do, and stores nothing", async ({ database }) => {
  const file = [
    "external_id,first_name,membership_start",
    ...many(1_500).map((line) => `${line},2026-01-01`),
    "M10000,Again,2026-01-01",
    "M10001,Again,2026-06-01",
    "bad",
  ];
  const dry = await importText(database.db, "members", file, { isDryRun: true });
  expect(await names(database.db)).toEqual([]);
  const wet = await importText(database.db, "members", file);
  expect(dry).toEqual(wet);
  expect(wet).toMatchObject({ read: 1_503, created: 1_500, updated: 1, refused: 2 });
});

test("cut off between two chunks, the same import again goes on where it stopped", async ({ database }) => {
  const file = ["external_id,first_name", ...many(1_500), "bad", ...many(3_000).slice(1_500)];
  const stop = new AbortController();
  const cut = await importText(database.db, "members", file, { signal: stop.signal, record: async () => stop.abort() });
  expect(cut.created).toBe(1_000);
  const again = await importText(database.db, "members", file);
  expect(again).toMatchObject({ created: 2_000, unchanged: 1_000, updated: 0, refused: 1 });
  const third = await importText(database.db, "members", file);
  expect(third).toMatchObject({ created: 0, updated: 0, unchanged: 3_000, refused: 1 });
});

test("continued at its cursor it counts what was left alone, and knows the lines before it", async ({ database }) => {
  const file = ["external_id,first_name", ...many(1_500), "bad", ...many(2_000).slice(1_500), "M10001,Again"];
  const parts: Part[] = [];
  const record = async (_db: Db, part: Part) => void parts.push(part);
  const stop = new AbortController();
  await importText(database.db, "members", file, {
    signal: stop.signal,
    record: async (...told) => {
      await record(...told);
      stop.abort();
    },
  });
  await importText(database.db, "members", file, { record, storedUpTo: parts[0]?.lastLine });
  expect(parts.map(({ read, created, unchanged, refused }) => ({ read, created, unchanged, refused }))).toEqual([
    { read: 1_000, created: 1_000, unchanged: 0, refused: 0 },
    { read: 1_000, created: 999, unchanged: 0, refused: 1 },
    { read: 2, created: 1, unchanged: 0, refused: 1 },
  ]);
  expect(parts.at(-1)?.problems).toMatchObject([{ reason: expect.stringMatching(/^Lines 3 and 2003: same/) }]);
});
