import type { ToneName } from "#components/ui/tone";
import { pauseReason } from "#db/queries/complaint-watch";
import type { MessageRow } from "#db/queries/message-log";
import { dayAndTime } from "#lib/format-time";
import { explainReason } from "#lib/outcome-reasons";

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

type Waiting = Pick<MessageRow, "status" | "reason" | "dueAt">;

/** Why it ended so; of one that still waits, what for and until when. */
export function explainStatus({ status, reason, dueAt }: Waiting, now: Date, timeZone: string): string | null {
  const why = reason ? explainReason(reason) : null;
  // A pause ends when an admin says so, at no hour that is known.
  if (status !== "queued" || !dueAt || dueAt <= now || reason === pauseReason) {
    return why;
  }
  return `${why ?? "Will be tried again"} · ${dayAndTime(dueAt, now, timeZone)}`;
}
