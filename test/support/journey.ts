import type { Db } from "#db/client";
import { stopRuns } from "#engine/end-stopped";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import type { Clock } from "#lib/clock";
import { type DeliveryOptions, deliverDue } from "#messaging/deliver";
import { createTextFiller } from "#messaging/fill-texts";
import type { Outgoing, Provider, SendResult } from "#messaging/provider";
import { createOutbox } from "#messaging/providers/outbox";

/** A real provider in miniature: it keeps what it took and knows a key that it has seen. */
export function createMailbox(answer: (message: Outgoing) => SendResult | null = () => null) {
  const taken = new Map<string, Outgoing>();
  const provider: Provider = {
    name: "mailbox",
    channel: "email",
    batchSize: 100,
    recognises: "messages",
    send: async (batch) =>
      batch.map((message) => {
        const refusal = answer(message);
        if (!refusal || refusal.outcome === "unknown") {
          taken.set(message.idempotencyKey, taken.get(message.idempotencyKey) ?? message);
        }
        return (
          refusal ?? { messageId: message.messageId, outcome: "accepted", providerMessageId: message.idempotencyKey }
        );
      }),
  };
  return { provider, taken: () => [...taken.values()] };
}

const links = {
  appUrl: "https://app.example",
  unsubscribeUrl: (id: number) => `https://app.example/unsubscribe/${id}`,
};

/** Fills the texts that actions bring along. */
export const fillText = createTextFiller(links);

export const deliver = (db: Db, clock: Clock, email: Provider, options: Partial<DeliveryOptions> = {}) =>
  deliverDue(db, () => clock, { email, sms: createOutbox("sms"), stopRuns, links, ...options });

/** Everything that is due at the clock: sweep, steps, messages. */
export async function live(db: Db, clock: Clock, email: Provider = createMailbox().provider) {
  const sweeps = await sweep(db, clock, { noBrake: true });
  const steps = await runDueSteps(db, () => clock, { fillText });
  return { sweeps, steps, messages: await deliver(db, clock, email) };
}
