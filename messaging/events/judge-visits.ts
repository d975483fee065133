import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { groupBy } from "#lib/group-by";
import type { MatchedEvent } from "./incoming-event.ts";
import { isAutomatic } from "./is-automatic.ts";
import { parseStoredEvent, type StoredEvent } from "./parse-stored-event.ts";

/** Tells which opens and clicks look like a scanner's, by all that is known of their messages now. */
export async function judgeVisits(tx: Tx, visits: MatchedEvent[]): Promise<MatchedEvent[]> {
  const messageIds = sql.param([...new Set(visits.map(({ messageId }) => messageId))]);
  const { rows: arrivals } = await tx.execute<{ messageId: number; arrivedAt: string | null }>(sql`
    select m.id as "messageId", coalesce(min(e.occurred_at), m.sent_at, m.first_tried_at) as "arrivedAt"
    from communication_logs m
    left join message_events e on e.message_id = m.id and e.type = 'delivered' and e.state = 'applied'
    where m.id = any(${messageIds}::bigint[]) group by m.id`);
  const { rows: clicks } = await tx.execute<StoredEvent & { messageId: number }>(sql`
    select provider, event_id as "eventId", body, occurred_at as "occurredAt", message_id as "messageId"
    from message_events where message_id = any(${messageIds}::bigint[]) and type = 'clicked'`);
  const arrivedAt = new Map(arrivals.map((row) => [row.messageId, row.arrivedAt]));
  const clicksOf = new Map(
    Array.from(
      groupBy(clicks, ({ messageId }) => messageId),
      ([id, rows]) => [id, rows.map(parseStoredEvent).filter((click) => click !== null)],
    ),
  );
  return visits.map((visit) => {
    const at = arrivedAt.get(visit.messageId);
    return { ...visit, isAutomatic: isAutomatic(visit, at ? new Date(at) : null, clicksOf.get(visit.messageId) ?? []) };
  });
}
