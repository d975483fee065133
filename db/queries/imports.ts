import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Db } from "../client.ts";
import { importPieces, importProblems, imports, users } from "../schema/index.ts";

export type ImportRow = typeof imports.$inferSelect;
export type ImportState = ImportRow["state"];

type NewImport = Pick<ImportRow, "kind" | "fileName" | "bytes" | "createdBy">;

export async function insertImport(db: Db, given: NewImport): Promise<number> {
  const [row] = await db.insert(imports).values(given).returning({ id: imports.id });
  return row?.id ?? 0;
}

export async function findImport(db: Db, id: number): Promise<ImportRow | null> {
  const [row] = await db.select().from(imports).where(eq(imports.id, id));
  return row ?? null;
}

/** The newest, with the name of whoever brought each. */
export function listImports(db: Db, limit: number) {
  return db
    .select({
      id: imports.id,
      kind: imports.kind,
      fileName: imports.fileName,
      state: imports.state,
      created: imports.created,
      updated: imports.updated,
      unchanged: imports.unchanged,
      refused: imports.refused,
      error: imports.error,
      createdAt: imports.createdAt,
      by: sql<
        string | null
      >`coalesce(nullif(trim(concat_ws(' ', ${users.firstName}, ${users.lastName})), ''), ${users.email})`,
    })
    .from(imports)
    .leftJoin(users, eq(users.id, imports.createdBy))
    .orderBy(desc(imports.id))
    .limit(limit);
}

/** How many of them somebody brought, and began, since then. */
export async function countImportsSince(db: Db, userId: number, since: Date) {
  const { rows } = await db.execute<{ brought: number; begun: number }>(sql`
    select count(*)::int as brought, count(*) filter (where started_at > ${since}::timestamptz)::int as begun
    from imports where created_by = ${userId} and (created_at > ${since}::timestamptz or started_at > ${since}::timestamptz)`);
  return rows[0] ?? { brought: 0, begun: 0 };
}

/** Keeps a piece of a file that is still being sent; sent again, it is kept once. False when nobody waits for it. */
export async function keepPiece(
  db: Db,
  { importId, userId, number, content }: { importId: number; userId: number; number: number; content: Buffer },
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    insert into import_pieces (import_id, number, content)
    select id, ${number}, ${content} from imports where id = ${importId} and created_by = ${userId} and state = 'uploading'
    on conflict (import_id, number) do update set content = excluded.content`);
  return rowCount === 1;
}

/** How much of a file has come. */
export async function measurePieces(db: Db, importId: number) {
  const { rows } = await db.execute<{ pieces: number; bytes: number }>(sql`
    select count(*)::int as pieces, coalesce(sum(length(content)), 0)::int as bytes from import_pieces where import_id = ${importId}`);
  return rows[0] ?? { pieces: 0, bytes: 0 };
}

export async function readPiece(db: Db, importId: number, number: number): Promise<Buffer | null> {
  const [row] = await db
    .select({ content: importPieces.content })
    .from(importPieces)
    .where(and(eq(importPieces.importId, importId), eq(importPieces.number, number)));
  return row?.content ?? null;
}

type Change = PgUpdateSetSource<typeof imports>;

const nothingDone: Change = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: 0,
  notes: {},
  lastLine: 0,
  bytesRead: 0,
};

/** Changes an import that is in one of these states. False when it is in another, or when there is none. */
export async function moveImport(db: Db, id: number, from: ImportState[], change: Change): Promise<boolean> {
  const moved = await db
    .update(imports)
    .set(change)
    .where(and(eq(imports.id, id), inArray(imports.state, from)))
    .returning({ id: imports.id });
  return moved.length === 1;
}

/** The same, and what it came to so far is forgotten: the file is read from its beginning. */
export async function restartImport(db: Db, id: number, from: ImportState[], change: Change): Promise<boolean> {
  const isMoved = await moveImport(db, id, from, {
    ...nothingDone,
    lostClaims: 0,
    error: null,
    asksForDates: false,
    ...change,
  });
  if (isMoved) {
    await db.delete(importProblems).where(eq(importProblems.importId, id));
  }
  return isMoved;
}

/** Takes back an import that never began, with its file. */
export async function deleteImport(db: Db, id: number): Promise<void> {
  await db.delete(imports).where(and(eq(imports.id, id), isNull(imports.startedAt)));
}

export async function deletePieces(db: Db, importId: number): Promise<void> {
  await db.delete(importPieces).where(eq(importPieces.importId, importId));
}

export function listImportProblems(db: Db, importId: number, limit: number) {
  return db
    .select({
      line: importProblems.line,
      column: importProblems.column,
      value: importProblems.value,
      reason: importProblems.reason,
    })
    .from(importProblems)
    .where(eq(importProblems.importId, importId))
    .orderBy(importProblems.number)
    .limit(limit);
}
