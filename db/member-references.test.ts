import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { test } from "../test/support/database.ts";
import { memberReferences } from "./member-references.ts";

test("E45: every reference to a member is sorted by what merging does to it", async ({ tx }) => {
  const { rows } = await tx.execute<{ reference: string }>(sql`
    select c.conrelid::regclass::text || '.' || a.attname as reference
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
    where c.contype = 'f' and c.confrelid = 'users'::regclass
    union
    select c.oid::regclass::text || '.member_id' from pg_class c join pg_attribute a on a.attrelid = c.oid
    where a.attname = 'member_id' and c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
    order by reference`);
  const sorted: string[] = Object.values(memberReferences).flat();
  expect(rows.map(({ reference }) => reference)).toEqual(sorted.toSorted());
});
