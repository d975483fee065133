import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { memberTags, users } from "#db/schema/index";
import { emptyGym } from "../test/support/csv.ts";
import { test } from "../test/support/database.ts";
import type { ImportLines } from "./kind.ts";
import { runChunk } from "./run-chunk.ts";

test.beforeEach(({ database }) => emptyGym(database.db));

/** Tags members; the database refuses a member that is not there. */
const tagLines: ImportLines<number> = async (tx, lines) => {
  await tx.execute(sql`
    insert into member_tags (member_id, tag)
    select unnest(${sql.param(lines.map(({ row }) => row))}::bigint[]), 'vip'`);
  return { created: lines.length, updated: 0, unchanged: 0, problems: [] };
};

test("a line that the database refuses is told, and its neighbours in the chunk are stored", async ({
  database: { db },
}) => {
  const members = await db
    .insert(users)
    .values(Array.from({ length: 9 }, () => ({})))
    .returning({ id: users.id });
  const rows = members.map(({ id }) => id);
  rows.splice(4, 0, 0);
  const result = await runChunk(
    db,
    rows.map((row, number) => ({ line: number + 2, row })),
    tagLines,
    { isDryRun: false },
  );
  expect(result).toMatchObject({
    created: 9,
    problems: [{ line: 6, reason: expect.stringContaining("the database refuses it") }],
  });
  expect(await db.select().from(memberTags)).toHaveLength(9);
});

test("why the database refuses a line is told without its values", async ({ database: { db } }) => {
  const asDays: ImportLines<string> = async (tx, lines) => {
    await tx.execute(sql`select unnest(${sql.param(lines.map(({ row }) => row))}::date[])`);
    return { created: lines.length, updated: 0, unchanged: 0, problems: [] };
  };
  const { problems } = await runChunk(db, [{ line: 2, row: "canary-value-7351" }], asDays, { isDryRun: false });
  expect(problems).toMatchObject([
    { value: "", reason: "the database refuses it: invalid input syntax for type date (22007)" },
  ]);
});

test("a chunk that stood in another import's way goes again", async ({ database: { db } }) => {
  let tries = 0;
  const result = await runChunk<number>(
    db,
    [{ line: 2, row: 1 }],
    async (tx) => {
      tries++;
      if (tries === 1) {
        await tx.execute(sql`do $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$`);
      }
      return { created: 1, updated: 0, unchanged: 0, problems: [] };
    },
    { isDryRun: false },
  );
  expect({ tries, created: result.created }).toEqual({ tries: 2, created: 1 });
});

test("what is no fault of the data ends the import", async ({ database: { db } }) => {
  const failing: ImportLines<number> = async () => {
    throw new Error("out of order");
  };
  await expect(runChunk(db, [{ line: 2, row: 1 }], failing, { isDryRun: false })).rejects.toThrow("out of order");
});
