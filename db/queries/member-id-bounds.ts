import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** Cuts all users into ranges of at most `size` by id, so that a long job can go range by range. */
export async function listMemberIdBounds(db: Db, size: number): Promise<{ above: number; upTo: number }[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from (select id, row_number() over (order by id) as number from users) numbered
    where number % ${size} = 0 order by id`);
  const cuts = rows.map(({ id }) => id);
  // The last range is open: whoever joins meanwhile is in it.
  return [...cuts, Number.MAX_SAFE_INTEGER].map((upTo, index) => ({ above: cuts[index - 1] ?? 0, upTo }));
}
