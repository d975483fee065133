import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { users } from "../schema/index.ts";

/** `hint` tells those of one name apart: their address, else their number. */
export type FoundMember = { id: number; name: string; hint: string };

/** Ten at most: by number, by external number, or by a part of the name or address. Whose name begins so comes first. */
export async function findMembers(db: Db, text: string): Promise<FoundMember[]> {
  const name = sql`trim(concat_ws(' ', first_name, last_name))`;
  const isIn = (value: ReturnType<typeof sql>) => sql`position(lower(${text}) in lower(${value})) > 0`;
  const { rows } = await db.execute<FoundMember>(sql`
    select id, coalesce(nullif(${name}, ''), 'Member ' || id) as name, coalesce(nullif(trim(email), ''), 'Number ' || id) as hint
    from ${users}
    where role = 'member' and erased_at is null
      and (id::text = ${text} or external_id = ${text} or ${isIn(name)} or ${isIn(sql`coalesce(email, '')`)})
    order by id::text <> ${text}, position(lower(${text}) in lower(${name})) <> 1, lower(${name}), id
    limit 10`);
  return rows;
}
