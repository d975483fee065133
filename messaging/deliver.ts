import { setTimeout as wait } from "node:timers/promises";
import { type Db, isTransaction } from "#db/client";
import type { Clock } from "#lib/clock";
import { mapAtOnce } from "#lib/map-at-once";
import { deliverNotifications } from "./deliver-notifications.ts";
import { deliverOutgoing } from "./deliver-outgoing.ts";
import type { MessageLinks } from "./fill-messages.ts";
import type { StopRuns } from "./judge-messages.ts";
import type { Pause, Provider } from "./provider.ts";

export type DeliveryOptions = {
  email: Provider;
  sms: Provider;
  stopRuns: StopRuns;
  links: MessageLinks;
  leaseMs?: number;
  sendTimeoutMs?: number;
  /**
   * When it is for the account, whose pauses bind all workers: the time there is, where the engine's clock was set by hand.
   * The engine's clock, unless said.
   */
  readAccountClock?: () => Promise<Clock>;
  /** Told once when a channel's account stops taking messages, and again only after it has taken some. */
  onPause?: (pause: PauseNews) => void;
  /** Asked between batches: true lets the rest to others, or to later. */
  shouldStop?: () => boolean;
};

export type PauseNews = {
  channel: Provider["channel"];
  provider: string;
  cause: Pause["cause"];
  error: string;
  until: Date;
};

const lookAgainMs = 250;

type DeliveryCounts = { messages: number; failed: number; waiting: number };

/**
 * Delivers what is due, batch by batch, until nothing is; no channel waits for a slower one. Any number of processes may do
 * so at once.
 */
export async function deliverDue(
  db: Db,
  readClock: () => Clock | Promise<Clock>,
  options: DeliveryOptions,
): Promise<DeliveryCounts> {
  const counts = { messages: 0, failed: 0, waiting: 0 };
  const ways = [
    (clock: Clock) => deliverNotifications(db, clock, options),
    // Three at a time: while one claim is handed over, another is made ready and a third one's answers are written.
    (clock: Clock) => deliverOutgoing(db, clock, options.email, options),
    (clock: Clock) => deliverOutgoing(db, clock, options.email, options),
    (clock: Clock) => deliverOutgoing(db, clock, options.email, options),
    (clock: Clock) => deliverOutgoing(db, clock, options.sms, options),
  ];
  const isAlone = isTransaction(db);
  const busy = new Set(isAlone ? [] : ways);
  const work = async (deliver: (typeof ways)[number]) => {
    while (!options.shouldStop?.()) {
      const settlements = await deliver(await readClock());
      counts.messages += settlements.filter(({ status }) => status === "sent").length;
      counts.failed += settlements.filter(({ status }) => status === "failed" || status === "unconfirmed").length;
      counts.waiting += settlements.filter(({ status }) => status === "retry" || status === "held").length;
      if (settlements.length > 0) {
        busy.add(deliver);
        continue;
      }
      busy.delete(deliver);
      if (isAlone || busy.size === 0) {
        break;
      }
      // What is queued while another channel is busy does not wait for it.
      await wait(lookAgainMs);
    }
  };
  // A transaction is one connection, and one thing at a time. Nobody waits for one that failed.
  await mapAtOnce(ways, isAlone ? 1 : ways.length, (deliver) => work(deliver).finally(() => busy.delete(deliver)));
  return counts;
}
