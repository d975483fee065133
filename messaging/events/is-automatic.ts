import type { IncomingEvent } from "./incoming-event.ts";

/** Nobody gets a message, finds it and follows a link in it within so short a time; scanners do it before letting it in. */
const tooSoonMs = 5_000;
/** A person follows one link, then reads on; a scanner follows all of them at once. */
const atOnceMs = 1_000;

/**
 * How scanners and programs that are no browser name themselves. Gmail's and Yahoo's image proxies are not among them: they
 * fetch when a person opens the mail.
 */
const machine =
  /barracuda|proofpoint|mimecast|ironport|cisco ?secure|fireeye|trend ?micro|sophos|fortinet|fortimail|bitdefender|symantec|safelinks|\bbot\b|[a-z]bot\b|crawler|spider|scanner|headless|phantomjs|python-|curl\/|wget\/|go-http-client|okhttp|java\//i;

type Visit = Pick<IncomingEvent, "type" | "occurredAt" | "link" | "userAgent">;

/**
 * Whether an open or a click looks like a mail scanner's. `arrivedAt`: when the message was delivered, or at least left.
 * `visits`: all that is known of the message. What Apple's mail privacy loads is loaded at any time, from anywhere, under
 * no name: it cannot be told from a person and counts, so that an open proves less than a click.
 */
export function isAutomatic(visit: Visit, arrivedAt: Date | null, visits: Visit[]): boolean {
  const isTooSoon = arrivedAt !== null && visit.occurredAt.getTime() - arrivedAt.getTime() < tooSoonMs;
  return isTooSoon || machine.test(visit.userAgent ?? "") || visits.some((other) => isWith(visit, other));
}

const isWith = (visit: Visit, other: Visit) =>
  visit.type === "clicked" &&
  other.type === "clicked" &&
  visit.link !== other.link &&
  Math.abs(visit.occurredAt.getTime() - other.occurredAt.getTime()) <= atOnceMs;
