import type { IncomingEvent } from "./incoming-event.ts";
import { parseResendEvent } from "./parse-resend-event.ts";

/** An email as Resend lists it. `last_event` is all that it tells of what became of it. */
export type ListedEmail = { id: string; to: string[]; last_event: string };

/** What it calls the last event is what it calls the event; these are steps within Resend, and mean that it has it. */
const types = new Map([
  ["queued", "sent"],
  ["scheduled", "sent"],
  ["canceled", "failed"],
]);

/**
 * The event that would have told us what an email's last one was. When that was it does not say, so that it is when we heard
 * of it; nor what kind of bounce, so that it counts as one for good. `messageId`: our own, if it is known to be that message.
 */
export function composeResendEvent(
  { id, to, last_event }: ListedEmail,
  heardAt: Date,
  messageId?: number,
): IncomingEvent | null {
  const type = types.get(last_event) ?? last_event;
  const body = {
    type: `email.${type}`,
    created_at: heardAt.toISOString(),
    data: { email_id: id, to, ...(messageId && { tags: { message_id: String(messageId) } }) },
  };
  return parseResendEvent(`listed:${id}:${type}`, JSON.stringify(body));
}
