import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { test } from "../test/support/database.ts";
import { personalData } from "./personal-data.ts";

test("every column that can hold text is sorted by what erasing a member does to it", async ({ tx }) => {
  const { rows } = await tx.execute<{ table: string; column: string }>(sql`
    select c.table_name as table, c.column_name as column
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb', 'json', 'character varying')
      and c.table_name !~ '^automation_logs_'`);
  const emptied: Record<string, readonly string[]> = personalData.emptied;
  const derived: Record<string, readonly string[]> = personalData.derived;
  const impersonal: Record<string, "*" | readonly string[]> = personalData.impersonal;
  const deleted: readonly string[] = personalData.deleted;
  const placesOf = ({ table, column }: { table: string; column: string }) =>
    [
      deleted.includes(table),
      emptied[table]?.includes(column),
      derived[table]?.includes(column),
      impersonal[table] === "*" || impersonal[table]?.includes(column),
    ].filter(Boolean).length;
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter((row) => placesOf(row) !== 1)).toEqual([]);
});

test("the list names no column that is gone", async ({ tx }) => {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`);
  const known = new Set(rows.map(({ name }) => name));
  const named = [personalData.emptied, personalData.derived, personalData.impersonal].flatMap((part) =>
    Object.entries(part).flatMap(([table, columns]) =>
      typeof columns === "string" ? [] : columns.map((column: string) => `${table}.${column}`),
    ),
  );
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
