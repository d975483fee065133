import { eventIdOf, ownId } from "./event-fields.ts";
import type { EventType, IncomingEvent } from "./incoming-event.ts";

/** On the way to these are steps within Twilio, which tell us nothing. */
const types = new Map<string, EventType>([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["undelivered", "failed"],
  ["failed", "failed"],
]);

/** They answered STOP, and Twilio will let nothing more through to them from this sender. */
const saidStop = "21610";

/**
 * What Twilio tells in a status callback, or null when it cannot be read. `message` is our own id from the callback's
 * address. It does not say when it happened, so that is when we heard of it.
 */
export function parseTwilioEvent(body: string, message: string | null, heardAt: Date): IncomingEvent | null {
  const told = new URLSearchParams(body);
  const [sid, status] = [told.get("MessageSid") ?? "", told.get("MessageStatus") ?? ""];
  const eventId = eventIdOf(`${sid}:${status}`);
  if (!eventId || !/^[SM]M[0-9a-f]{32}$/.test(sid) || status === "") {
    return null;
  }
  const type = types.get(status) ?? "other";
  const code = type === "failed" && /^[1-9]\d{3,6}$/.exec(told.get("ErrorCode") ?? "")?.[0];
  return {
    provider: "twilio",
    eventId,
    type,
    providerMessageId: sid,
    ownId: ownId.parse(message),
    recipients: told.getAll("To"),
    occurredAt: heardAt,
    suppression: code === saidStop ? "requested" : null,
    error: code ? `Twilio's error ${code}` : null,
    link: null,
    userAgent: null,
    body,
  };
}
