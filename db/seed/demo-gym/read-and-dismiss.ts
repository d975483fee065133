import { sql } from "drizzle-orm";
import type { Db } from "../../client.ts";
import { createRandom } from "./random.ts";

/**
 * What members did with their notifications: most of the older ones read within a day or two, a few put away. Who
 * shows the gym to others, `demoMemberId`, has read the oldest alone.
 */
export async function readAndDismiss(db: Db, seed: string, now: Date, demoMemberId: number): Promise<void> {
  const { rows } = await db.execute<{ id: number; memberId: number; ageHours: number }>(sql`
    select id, member_id as "memberId", (extract(epoch from ${now.toISOString()}::timestamptz - created_at) / 3600)::float8 as "ageHours"
    from notifications order by id`);
  const random = createRandom(`${seed}/notifications`);
  const oldest = rows.find(({ memberId }) => memberId === demoMemberId);
  const drawn = rows.map(({ id, memberId, ageHours }) => {
    const afterHours = 3 + random.next() ** 2 * 50;
    const wouldRead = random.chance(0.68);
    const isRead = afterHours < ageHours && (memberId === demoMemberId ? id === oldest?.id : wouldRead);
    return { id, afterHours, isRead, isDismissed: isRead && memberId !== demoMemberId && random.chance(0.15) };
  });
  const read = drawn.filter(({ isRead }) => isRead);
  await db.execute(sql`
    update notifications n
    set read_at = n.created_at + make_interval(secs => given.after_hours * 3600),
        dismissed_at = case when given.is_dismissed then n.created_at + make_interval(secs => given.after_hours * 3600 + 20) end
    from unnest(
      ${sql.param(read.map(({ id }) => id))}::bigint[],
      ${sql.param(read.map(({ afterHours }) => afterHours))}::float8[],
      ${sql.param(read.map(({ isDismissed }) => isDismissed))}::boolean[]
    ) as given (id, after_hours, is_dismissed)
    where n.id = given.id`);
}
