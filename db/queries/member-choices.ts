import { asc, type SQL, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { locations } from "../schema/index.ts";
import { listStaffNames } from "./tasks.ts";

type Named = { id: number; name: string };

export type MemberChoices = { tags: string[]; levels: string[]; trainers: Named[]; locations: Named[] };

/** More than anybody scrolls through. */
const shownAtMost = 300;

/** What members can be filtered by: what at least one of them has. Staff who left are not among the trainers. */
export async function listMemberChoices(db: Db): Promise<MemberChoices> {
  const [tags, levels, trainers, places] = await Promise.all([
    listTags(db),
    listLevels(db),
    listStaffNames(db),
    db
      .select({ id: locations.id, name: locations.name })
      .from(locations)
      .orderBy(asc(locations.name))
      .limit(shownAtMost),
  ]);
  return { tags, levels, trainers, locations: places };
}

export const listTags = (db: Db) => listDistinct(db, { value: sql`tag`, table: sql`member_tags`, among: sql`true` });

const listLevels = (db: Db) =>
  listDistinct(db, {
    value: sql`membership_level`,
    table: sql`users`,
    among: sql`role = 'member' and erased_at is null and membership_level <> ''`,
  });

/** From one to the next: a few steps in an index, where `distinct` would read all that members have. */
async function listDistinct(db: Db, { value, table, among }: Record<"value" | "table" | "among", SQL>) {
  const next = (after: SQL) => sql`select ${value} from ${table} where ${among} and ${after} order by 1 limit 1`;
  const { rows } = await db.execute<{ value: string }>(sql`
    with recursive found as (
      (select (${next(sql`true`)}) as value)
      union all
      select (${next(sql`${value} > found.value`)}) from found where found.value is not null
    )
    select value from found where value is not null limit ${shownAtMost}`);
  return rows.map(({ value }) => value);
}
