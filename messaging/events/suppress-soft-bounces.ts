import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";

const limit = 5;
const days = 30;

/**
 * Lets addresses rest that bounced softly too often within a month: a month from the latest bounce that was too many.
 * All bounces are counted anew, so that the order in which we hear of them makes no difference.
 */
export async function suppressSoftBounces(tx: Tx, hashes: (string | null)[]): Promise<void> {
  if (hashes.length === 0) {
    return;
  }
  await tx.execute(sql`
    insert into suppressions as known (channel, address_hash, reason, until)
    select 'email', address_hash, 'soft_bounces', max(occurred_at) + make_interval(days => ${days}::int)
    from (
      select e.address_hash, e.occurred_at,
             count(*) over (partition by e.address_hash order by e.occurred_at
                            range between make_interval(days => ${days}::int) preceding and current row) as bounces
      from message_events e
      where e.type = 'soft_bounced' and e.state = 'applied' and e.address_hash = any(${sql.param(hashes)}::text[])
    ) counted
    where bounces >= ${limit}
    group by address_hash order by address_hash
    on conflict (channel, address_hash, reason) do update set until = greatest(known.until, excluded.until)`);
}
