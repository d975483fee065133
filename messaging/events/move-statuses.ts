import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { OutcomeReason } from "#lib/outcome-reasons";
import type { ReadyEvent } from "./apply-events.ts";

/**
 * What a message can come to, each outranking those before it. Events arrive in any order and a status never goes back,
 * so that all orders end the same. An arrival outranks a failure: somebody had it.
 */
const ranks = ["sent", "failed", "delivered", "opened", "clicked", "bounced", "complained"] as const;

type Ranked = (typeof ranks)[number];

const isRanked = (type: string): type is Ranked => ranks.some((rank) => rank === type);

const rankOf = (status: SQL) => sql`array_position(${sql.param([...ranks])}::text[], ${status})`;

const refused: OutcomeReason = "refused_by_provider";

/** Moves messages that left to the highest that these events tell. What never left has no such status, and keeps its own. */
export async function moveStatuses(tx: Tx, events: ReadyEvent[]): Promise<void> {
  const telling = events.filter(({ type, isAutomatic }) => isRanked(type) && !isAutomatic);
  if (telling.length === 0) {
    return;
  }
  await tx.execute(sql`
    update communication_logs m
    set status = news.status, error_message = news.error, reason = case news.status when 'failed' then ${refused} end
    from (
      select distinct on (told.id) told.*
      from unnest(${sql.param(telling.map(({ messageId }) => messageId))}::bigint[],
                  ${sql.param(telling.map(({ type }) => type))}::text[],
                  ${sql.param(telling.map(({ error }) => error))}::text[]) as told (id, status, error)
      order by told.id, ${rankOf(sql`told.status`)} desc
    ) news
    where m.id = news.id and m.sent_at is not null and ${rankOf(sql`m.status`)} < ${rankOf(sql`news.status`)}`);
}
