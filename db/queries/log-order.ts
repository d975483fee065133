import { and, desc, gte, lt, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/** Which time of a log is asked for: from an instant on, and up to another. */
export type LogSpan = { since?: Date; until?: Date };

export type LogColumns = { id: PgColumn; at: PgColumn };

/**
 * The newest rows are those that were written last. Those of a time are put in the order of it: whoever looks far back
 * would otherwise have all that was written since read for them.
 */
export const isByTime = ({ since, until }: LogSpan) => since !== undefined || until !== undefined;

export const newestFirst = ({ id, at }: LogColumns, span: LogSpan): SQL[] =>
  isByTime(span) ? [desc(at), desc(id)] : [desc(id)];

export const isInSpan = (at: PgColumn, { since, until }: LogSpan): SQL | undefined =>
  and(since && gte(at, since), until && lt(at, until));

/** Whether a row comes after one in that order, on an older page. Rows of one batch share their instant. */
export function isOlder(table: PgTable, { id, at }: LogColumns, beforeId: number | undefined, span: LogSpan) {
  if (beforeId === undefined || !isByTime(span)) {
    return beforeId === undefined ? undefined : lt(id, beforeId);
  }
  const instant = sql`(select ${at} from ${table} where ${id} = ${beforeId})`;
  return sql`(${at}, ${id}) < (${instant}, ${beforeId})`;
}
