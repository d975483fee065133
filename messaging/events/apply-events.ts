import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { plainAddress } from "#lib/plain-address";
import { pauseAtTooMany } from "../watch-complaints.ts";
import { confirmSent } from "./confirm-sent.ts";
import type { MatchedEvent } from "./incoming-event.ts";
import { type LockedMessage, lockMessages } from "./lock-messages.ts";
import { moveStatuses } from "./move-statuses.ts";
import { recordComplaints } from "./record-complaints.ts";
import { suppressAfter } from "./suppress-after.ts";

/** An event with its message, which is locked. */
export type ReadyEvent = MatchedEvent & {
  message: LockedMessage;
  /** Of the message's recipient; null if the event is not about them, and then it says nothing of any address. */
  addressHash: string | null;
};

/**
 * Lets stored events do what they do: move their messages on, stop addresses, take back what members agreed to. Those whose
 * message somebody else has in hand stay parked. Returns how many were applied.
 */
export async function applyEvents(
  tx: Tx,
  events: MatchedEvent[],
  { now, mayWait = false }: { now: Date; mayWait?: boolean },
): Promise<number> {
  if (events.length === 0) {
    return 0;
  }
  const messages = await lockMessages(tx, [...new Set(events.map(({ messageId }) => messageId))], { mayWait });
  const ready = events.flatMap((event) => {
    const message = messages.get(event.messageId);
    return message ? [{ ...event, message, addressHash: isAbout(event, message) ? message.addressHash : null }] : [];
  });
  await confirmSent(tx, ready);
  await recordComplaints(tx, ready, now);
  await markApplied(tx, ready);
  await moveStatuses(tx, ready);
  await suppressAfter(tx, ready);
  if (ready.some(isComplaint)) {
    await pauseAtTooMany(tx, { now });
  }
  return ready.length;
}

/** Of the recipient, and not of somebody whom the mail was passed on to. */
const isComplaint = ({ type, addressHash }: ReadyEvent) => type === "complained" && addressHash !== null;

const plain = (address: string) => plainAddress(address.trim()).toLowerCase();

const isAbout = ({ recipients }: MatchedEvent, { recipient }: LockedMessage) =>
  recipient !== null && recipients.some((named) => plain(named) === plain(recipient));

/** Of a message whose reader was erased nothing is kept that names them. */
async function markApplied(tx: Tx, events: ReadyEvent[]) {
  await tx.execute(sql`
    update message_events e
    set state = 'applied', message_id = a.message_id, address_hash = a.address_hash, is_automatic = a.is_automatic,
        body = case when exists (select from communication_logs m join users u on u.id = m.member_id
                                 where m.id = a.message_id and u.erased_at is not null) then '' else e.body end
    from unnest(${sql.param(events.map(({ provider }) => provider))}::text[],
                ${sql.param(events.map(({ eventId }) => eventId))}::text[],
                ${sql.param(events.map(({ messageId }) => messageId))}::bigint[],
                ${sql.param(events.map((event) => event.addressHash))}::text[],
                ${sql.param(events.map(({ isAutomatic }) => isAutomatic))}::boolean[])
      as a (provider, event_id, message_id, address_hash, is_automatic)
    where e.provider = a.provider and e.event_id = a.event_id`);
}
