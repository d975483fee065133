import type { Db } from "#db/client";
import type { Clock } from "#lib/clock";
import { deliverNotifications } from "./deliver-notifications.ts";
import { deliverOutgoing } from "./deliver-outgoing.ts";
import type { MessageLinks } from "./fill-messages.ts";
import type { StopRuns } from "./judge-messages.ts";
import type { Provider } from "./provider.ts";

export type DeliveryOptions = {
  email: Provider;
  sms: Provider;
  stopRuns: StopRuns;
  links: MessageLinks;
  leaseMs?: number;
  sendTimeoutMs?: number;
  /** Asked between batches: true lets the rest to others, or to later. */
  shouldStop?: () => boolean;
};

type DeliveryCounts = { messages: number; failed: number; waiting: number };

/** Delivers what is due, batch by batch, until nothing is. Any number of processes may do so at once. */
export async function deliverDue(
  db: Db,
  readClock: () => Clock | Promise<Clock>,
  options: DeliveryOptions,
): Promise<DeliveryCounts> {
  const counts = { messages: 0, failed: 0, waiting: 0 };
  const ways = [
    (clock: Clock) => deliverNotifications(db, clock, options),
    (clock: Clock) => deliverOutgoing(db, clock, options.email, options),
    (clock: Clock) => deliverOutgoing(db, clock, options.sms, options),
  ];
  for (const deliver of ways) {
    while (!options.shouldStop?.()) {
      const settlements = await deliver(await readClock());
      if (settlements.length === 0) {
        break;
      }
      counts.messages += settlements.filter(({ status }) => status === "sent").length;
      counts.failed += settlements.filter(({ status }) => status === "failed" || status === "unconfirmed").length;
      counts.waiting += settlements.filter(({ status }) => status === "retry").length;
    }
  }
  return counts;
}
