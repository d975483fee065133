import type { messageEvents } from "#db/schema/index";
import type { IncomingEvent } from "./incoming-event.ts";
import { parseResendEvent } from "./parse-resend-event.ts";
import { parseTwilioEvent } from "./parse-twilio-event.ts";

export type StoredEvent = Pick<typeof messageEvents.$inferSelect, "eventId" | "body"> & {
  provider: string;
  occurredAt: string;
};

/** An event read again from the body it came in; null when this version cannot read it. */
export function parseStoredEvent({ provider, eventId, body, occurredAt }: StoredEvent): IncomingEvent | null {
  const heardAt = new Date(occurredAt);
  if (provider === "resend") {
    return parseResendEvent(eventId, body);
  }
  return provider === "twilio" ? parseTwilioEvent(body, null, heardAt) : null;
}
