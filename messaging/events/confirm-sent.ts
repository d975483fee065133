import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { type Settlement, settleMessages } from "../settle-messages.ts";
import type { ReadyEvent } from "./apply-events.ts";

/**
 * A provider that tells of a message has it. One whose hand-over nobody answered for is settled by that as delivery would
 * have done, under a claim of its own: it is not tried again, and nobody has to decide about it.
 */
export async function confirmSent(tx: Tx, events: ReadyEvent[]): Promise<void> {
  const settlements = new Map<number, Settlement>();
  for (const { message, providerMessageId } of events) {
    const isOpen = message.status === "queued" || message.status === "unconfirmed";
    if (isOpen && message.firstTriedAt !== null && providerMessageId !== null) {
      // Whichever event is first to tell: what is measured from here must not depend on their order.
      const sentAt = new Date(message.firstTriedAt);
      settlements.set(message.id, { messageId: message.id, status: "sent", sentAt, providerMessageId });
    }
  }
  if (settlements.size === 0) {
    return;
  }
  const token = randomUUID();
  await tx.execute(sql`
    update communication_logs set lease_token = ${token} where id = any(${sql.param([...settlements.keys()])}::bigint[])`);
  await settleMessages(tx, token, [...settlements.values()]);
}
