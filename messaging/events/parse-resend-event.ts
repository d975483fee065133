import { z } from "zod";
import { eventIdOf, instant, ownId, providerId, wordsOf } from "./event-fields.ts";
import type { EventType, IncomingEvent } from "./incoming-event.ts";

const types = new Map<string, EventType>([
  ["email.sent", "sent"],
  ["email.delivered", "delivered"],
  ["email.delivery_delayed", "delayed"],
  ["email.bounced", "bounced"],
  ["email.complained", "complained"],
  ["email.opened", "opened"],
  ["email.clicked", "clicked"],
  ["email.failed", "failed"],
  // Their own list of addresses is the whole team's, other gyms' too: that it stopped one email is no reason for ours.
  ["email.suppressed", "failed"],
]);

const envelope = z.object({ type: z.string(), created_at: instant, data: z.record(z.string(), z.unknown()) });

const visit = z.object({
  link: z.string().optional(),
  userAgent: z.string().optional(),
  timestamp: instant.optional().catch(undefined),
});

const email = z.object({
  email_id: providerId,
  to: z.array(z.string()).default([]),
  /** Their manual shows a list, their library an object. */
  tags: z
    .union([
      z.array(z.object({ name: z.string(), value: z.unknown() })).transform((tags) => new Map(tags.map(toPair))),
      z.record(z.string(), z.unknown()).transform((tags) => new Map(Object.entries(tags))),
    ])
    .catch(new Map()),
  bounce: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
  failed: z.object({ reason: z.string().optional() }).optional(),
  suppressed: z.object({ message: z.string().optional() }).optional(),
  open: visit.optional(),
  click: visit.optional(),
});

type Email = z.output<typeof email>;

const toPair = ({ name, value }: { name: string; value?: unknown }): [string, unknown] => [name, value];

/** What Resend tells in a request's body, or null when it cannot be read. `eventId` is the request's `svix-id`. */
export function parseResendEvent(eventId: string, body: string): IncomingEvent | null {
  const id = eventIdOf(eventId);
  const told = envelope.safeParse(readJson(body));
  if (!id || !told.success) {
    return null;
  }
  const common = { provider: "resend" as const, eventId: id, occurredAt: told.data.created_at, body };
  const type = types.get(told.data.type);
  if (!type) {
    return { ...common, ...nothing, type: "other" };
  }
  const { data } = email.safeParse(told.data.data);
  return data ? { ...common, ...describeEmail(data, type), ...describeVisit(data, type) } : null;
}

const nothing = {
  providerMessageId: null,
  ownId: null,
  recipients: [],
  suppression: null,
  error: null,
  link: null,
  userAgent: null,
};

function describeEmail(data: Email, told: EventType) {
  // "Undetermined" may mean anything: like a full mailbox it stops an address only when it happens again and again.
  const isSoft = told === "bounced" && /^(transient|undetermined)$/i.test(data.bounce?.type ?? "");
  const type = isSoft ? ("soft_bounced" as const) : told;
  return {
    ...nothing,
    type,
    providerMessageId: data.email_id,
    ownId: ownId.parse(data.tags.get("message_id")),
    recipients: data.to.map(withoutName),
    suppression: type === "bounced" || type === "complained" ? type : null,
    error: wordsOf(data.bounce?.message ?? data.failed?.reason ?? data.suppressed?.message),
  };
}

function describeVisit({ click, open }: Email, type: EventType) {
  const what = type === "clicked" ? click : type === "opened" ? open : undefined;
  return (
    what && {
      link: what.link ?? null,
      userAgent: what.userAgent ?? null,
      ...(what.timestamp && { occurredAt: what.timestamp }),
    }
  );
}

/** `Anna <anna@example.ch>` is who `anna@example.ch` is. */
const withoutName = (recipient: string) => /<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient;

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
