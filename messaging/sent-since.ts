import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import type { Provider } from "./provider.ts";

export type SentMessage = { providerMessageId: string; sentAt: Date };

/** The first message that the provider took from us at that instant or later: where its list can be entered. */
export async function findSentSince(db: Db, { name, channel }: Provider, instant: Date): Promise<SentMessage | null> {
  const { rows } = await db.execute<{ providerMessageId: string; sentAt: string }>(sql`
    select provider_message_id as "providerMessageId", sent_at as "sentAt" from communication_logs
    where channel = ${channel} and sent_at >= ${instant}::timestamptz and provider = ${name} and provider_message_id is not null
    order by sent_at limit 1`);
  return rows[0] ? { ...rows[0], sentAt: new Date(rows[0].sentAt) } : null;
}
