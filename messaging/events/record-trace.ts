import type { Db } from "#db/client";
import type { Clock } from "#lib/clock";
import type { Trace } from "../provider.ts";
import { recordEvent } from "./record-event.ts";

/**
 * Records what a provider said when it was asked, on the way that its events take: their order and their repetition change
 * nothing.
 */
export async function recordTrace(db: Db, { events }: Trace, clock: Pick<Clock, "now">): Promise<void> {
  for (const event of events) {
    await recordEvent(db, event, clock);
  }
}
