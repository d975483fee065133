import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import type { ImportRow } from "./imports.ts";

/** What is kept of a file's faults at most. */
export const keptProblems = 10_000;

/** Files that nobody began with, and lines that nobody corrected, are not kept for ever. */
const forgetting = {
  untouched: sql`started_at is null and created_at < clock_timestamp() - interval '1 day' and state <> 'checking'`,
  corrected: sql`finished_at < clock_timestamp() - interval '30 days'`,
};

/** Of `imports`: something is to be done for it, and nobody does it. */
export const dueImports = sql`
  select id from imports
  where finished_at is null and state in ('checking', 'importing') and (lease_until is null or lease_until < clock_timestamp())`;

export const forgettableImports = sql`
  select id from imports where finished_at is null and ${forgetting.untouched}
  union all
  select i.id from imports i where ${forgetting.corrected} and exists (select from import_problems p where p.import_id = i.id)`;

export async function forgetOldImports(db: Db): Promise<void> {
  await db.execute(sql`delete from imports where finished_at is null and ${forgetting.untouched}`);
  await db.execute(
    sql`delete from import_problems where import_id in (select id from imports where ${forgetting.corrected})`,
  );
}

export type ClaimedImport = Pick<
  ImportRow,
  "id" | "kind" | "bytes" | "columns" | "dates" | "lastLine" | "lostClaims" | "createdBy"
> & { state: "checking" | "importing"; leaseToken: string };

/** Takes the oldest import that waits for a worker. */
export async function claimImport(db: Db, leaseMs: number): Promise<ClaimedImport | null> {
  const { rows } = await db.execute<ClaimedImport>(sql`
    update imports set lease_token = gen_random_uuid(), lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000}),
      lost_claims = lost_claims + 1
    where id = (${dueImports} order by id limit 1 for update skip locked)
    returning id::int, kind, bytes, columns, dates, last_line as "lastLine", lost_claims as "lostClaims",
      created_by::int as "createdBy", state, lease_token as "leaseToken"`);
  return rows[0] ?? null;
}

type Held = { id: number; leaseToken: string };

/** Keeps hold of an import. False when it is somebody else's, or was cancelled. */
export async function keepImport(db: Db, { id, leaseToken }: Held, leaseMs: number): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update imports set lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
    where id = ${id} and lease_token = ${leaseToken}::uuid`);
  return rowCount === 1;
}

/** Lets go of an import that is to go on elsewhere. */
export async function releaseImport(db: Db, { id, leaseToken }: Held): Promise<void> {
  await db.execute(sql`
    update imports set lease_token = null, lease_until = null, lost_claims = 0
    where id = ${id} and lease_token = ${leaseToken}::uuid`);
}

type Part = Pick<
  ImportRow,
  "read" | "created" | "updated" | "unchanged" | "refused" | "lastLine" | "bytesRead" | "notes"
> & { problems: { line: number; column: string; value: string; reason: string }[] };

/** Adds what became of a chunk. False when the import is somebody else's by now, or was cancelled. */
export async function recordPart(db: Db, { id, leaseToken }: Held, part: Part): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update imports set read = read + ${part.read}, created = created + ${part.created}, updated = updated + ${part.updated},
      unchanged = unchanged + ${part.unchanged}, refused = refused + ${part.refused}, last_line = ${part.lastLine},
      bytes_read = ${part.bytesRead}, lost_claims = 0,
      notes = (select coalesce(jsonb_object_agg(note, sum), '{}') from (
        select key as note, sum(value::int) from (
          select * from jsonb_each_text(notes) union all select * from jsonb_each_text(${JSON.stringify(part.notes)}::jsonb)) both_parts
        group by key) summed)
    where id = ${id} and lease_token = ${leaseToken}::uuid`);
  if (rowCount === 1 && part.problems.length > 0) {
    await insertProblems(db, id, part.problems);
  }
  return rowCount === 1;
}

async function insertProblems(db: Db, id: number, problems: Part["problems"]) {
  const column = (name: keyof Part["problems"][number]) =>
    sql.param(problems.map((problem) => storable(problem[name])));
  await db.execute(sql`
    insert into import_problems (import_id, number, line, "column", value, reason)
    select ${id}, before.number + p.place, p.line, p.named, p.value, p.reason
    from (select coalesce(max(number), 0) as number from import_problems where import_id = ${id}) before,
      unnest(${column("line")}::int[], ${column("column")}::text[], ${column("value")}::text[], ${column("reason")}::text[])
        with ordinality p (line, named, value, reason, place)
    where before.number + p.place <= ${keptProblems}`);
}

/** A value may be wrong for that very reason: no text of ours can hold it. */
const storable = (value: string | number) => (typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value);
