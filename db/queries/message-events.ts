import { and, asc, eq, ne } from "drizzle-orm";
import type { Db } from "../client.ts";
import { messageEvents } from "../schema/index.ts";

export type MessageEventRow = Awaited<ReturnType<typeof listMessageEvents>>[number];

/** What a message's provider told of it, in the order in which it happened: the first hundred. */
export function listMessageEvents(db: Db, messageId: number) {
  return db
    .select({
      id: messageEvents.eventId,
      type: messageEvents.type,
      isAutomatic: messageEvents.isAutomatic,
      occurredAt: messageEvents.occurredAt,
    })
    .from(messageEvents)
    .where(and(eq(messageEvents.messageId, messageId), ne(messageEvents.state, "ignored")))
    .orderBy(asc(messageEvents.occurredAt), asc(messageEvents.eventId))
    .limit(100);
}
