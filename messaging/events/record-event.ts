import { sql } from "drizzle-orm";
import { addressHash } from "#db/address-hash";
import { type Db, type Tx, withTransaction } from "#db/client";
import type { messageEvents } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { plainAddress } from "#lib/plain-address";
import { applyEvents } from "./apply-events.ts";
import { messageIdOf } from "./find-message.ts";
import { type IncomingEvent, isVisit } from "./incoming-event.ts";

type State = (typeof messageEvents.$inferSelect)["state"];

/**
 * Stores what a provider told, and does what it entails, in one transaction: the first time only, however often it is
 * repeated. An open or a click waits parked until it can be told from a scanner's (see applyAllParked).
 */
export async function recordEvent(
  db: Db,
  event: IncomingEvent,
  { now }: Pick<Clock, "now">,
): Promise<State | "repeated"> {
  return withTransaction(db, async (tx) => {
    const state = event.type === "other" ? "ignored" : "parked";
    const stored = await store(tx, event, state, now);
    if (!stored) {
      return "repeated";
    }
    const { messageId } = stored;
    if (messageId === null || isVisit(event)) {
      return state;
    }
    const applied = await applyEvents(tx, [{ ...event, messageId, isAutomatic: false }], { now, mayWait: true });
    return applied > 0 ? "applied" : state;
  });
}

/** The event as a row that was not there yet, or null. */
async function store(tx: Tx, event: IncomingEvent, state: State, now: Date) {
  const messageId = event.type === "other" ? sql`null` : messageIdOf(event);
  // Of an address that turns out to be nobody's we keep the hash all the same: it finds the row when a member is erased.
  const [recipient = null, ...others] = event.recipients.map(plainAddress);
  const { rows } = await tx.execute<{ messageId: number | null }>(sql`
    insert into message_events (provider, event_id, type, provider_message_id, message_id, address_hash, state, occurred_at, received_at, body)
    values (${event.provider}, ${event.eventId}, ${event.type}, ${event.providerMessageId}, ${messageId},
            ${addressHash(sql`${others.length === 0 ? recipient : null}::text`)}, ${state},
            ${event.occurredAt.toISOString()}, ${now.toISOString()}, ${event.body})
    on conflict (provider, event_id) do nothing
    returning message_id as "messageId"`);
  return rows[0] ?? null;
}
