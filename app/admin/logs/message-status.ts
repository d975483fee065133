import type { ToneName } from "#components/ui/tone";
import type { MessageRow } from "#db/queries/message-log";

export const messageStatuses: Record<MessageRow["status"], { status: string; tone: ToneName }> = {
  queued: { status: "Queued", tone: "active" },
  sent: { status: "Sent", tone: "good" },
  delivered: { status: "Delivered", tone: "good" },
  opened: { status: "Opened", tone: "good" },
  clicked: { status: "Clicked", tone: "good" },
  bounced: { status: "Bounced", tone: "bad" },
  complained: { status: "Complained", tone: "bad" },
  skipped: { status: "Skipped", tone: "wait" },
  failed: { status: "Failed", tone: "bad" },
  unconfirmed: { status: "Unconfirmed", tone: "warn" },
  cancelled: { status: "Cancelled", tone: "wait" },
};

export const channelNames: Record<MessageRow["channel"], string> = {
  email: "Email",
  in_app: "In the app",
  sms: "SMS",
};
