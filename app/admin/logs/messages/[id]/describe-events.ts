import type { MessageEvent } from "#components/logs/message-events";
import type { ToneName } from "#components/ui/tone";
import type { MessageEventRow } from "#db/queries/message-events";
import { dayAndTime } from "#lib/format-time";

const types: Record<MessageEventRow["type"], { label: string; tone: ToneName; note?: string }> = {
  sent: { label: "Sent on", tone: "good" },
  delivered: { label: "Delivered", tone: "good" },
  opened: { label: "Opened", tone: "good" },
  clicked: { label: "Link followed", tone: "good" },
  delayed: { label: "Delayed", tone: "wait", note: "The provider tries again" },
  soft_bounced: { label: "Bounced for now", tone: "warn", note: "The address may still work" },
  bounced: { label: "Bounced for good", tone: "bad" },
  complained: { label: "Reported as spam", tone: "bad" },
  failed: { label: "Not delivered", tone: "bad" },
  other: { label: "Something else", tone: "wait" },
};

const automatic = { tone: "wait", note: "Looks like a mail scanner, not counted" } as const;

export const describeEvents = (events: MessageEventRow[], now: Date, timeZone: string): MessageEvent[] =>
  events.map(({ id, type, isAutomatic, occurredAt }) => ({
    id,
    ...types[type],
    ...(isAutomatic && automatic),
    at: dayAndTime(occurredAt, now, timeZone, { withSeconds: true }),
    instant: occurredAt.toISOString(),
  }));
