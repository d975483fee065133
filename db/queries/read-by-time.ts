import { and, gte, lt, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Db } from "../client.ts";
import { isOlder, type LogColumns, type LogSpan } from "./log-order.ts";

type Asked = LogSpan & {
  /** Rows older than this one. */
  beforeId?: number;
  limit: number;
};

/** How many days back is looked for a page, while it is not full: what is further back is then never read. */
const reaches = [1, 8, 64];
const dayMs = 86_400_000;

/**
 * A page of a span of time from a table whose rows lie nearly in the order of their instants: a summary of each stretch of
 * the table finds those of some days at no cost for who writes them, where a tree of instants would cost a tenth and more.
 * Looks through stretches of time that meet, the newest first, until the page is full. `read` takes what its rows must fulfil
 * and how many there is room for, and puts the newest first.
 */
export async function readByTime<Row>(
  db: Db,
  table: PgTable,
  columns: LogColumns,
  { beforeId, limit, ...span }: Asked,
  read: (isMeant: SQL | undefined, room: number) => Promise<Row[]>,
): Promise<Row[]> {
  const newest = await findNewest(db, table, columns, beforeId);
  if (!newest) {
    return [];
  }
  const { since, until } = span;
  let end = until && until < newest ? until : newest;
  const begins = reaches
    .map((days) => new Date(end.getTime() - days * dayMs))
    .filter((begin) => !since || begin > since);
  const found: Row[] = [];
  for (const begin of [...begins, since]) {
    const within = and(begin && gte(columns.at, begin), lt(columns.at, end), isOlder(table, columns, beforeId, span));
    found.push(...(await read(within, limit - found.length)));
    if (found.length === limit || !begin) {
      break;
    }
    end = begin;
  }
  return found;
}

/** Where to begin: right after the row that is gone on from, else well after the newest, since clocks differ. */
async function findNewest(db: Db, table: PgTable, { id, at }: LogColumns, beforeId?: number) {
  const { rows } = await db.execute<{ at: string }>(sql`
    select ${at} as at from ${table} where ${beforeId === undefined ? sql`true` : sql`${id} = ${beforeId}`}
    order by ${id} desc limit 1`);
  const [row] = rows;
  return row && new Date(new Date(row.at).getTime() + (beforeId === undefined ? dayMs : 1));
}
