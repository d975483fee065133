import type { Fact, Happening } from "#components/logs/message-facts";
import type { MessageDetail } from "#db/queries/message-log";
import { dayAndTime } from "#lib/format-time";
import { languageNames } from "#lib/template-texts";
import { messageStatuses } from "../../../../_messages/message-status.ts";

const classes: Record<MessageDetail["class"], string> = {
  marketing: "Marketing",
  service: "Service, about the contract",
  sign_in: "Sign-in",
  digest: "Daily digest of staff",
};

export function listFacts(message: MessageDetail): Fact[] {
  return [
    { label: "Member", value: message.memberName },
    { label: "Recipient", value: message.recipient },
    { label: "Workflow", value: message.workflowName },
    { label: "Template", value: message.templateName },
    { label: "Class", value: classes[message.class] },
    { label: "Language", value: nameOfLanguage(message.language) },
    { label: "Provider's id", value: message.providerMessageId },
  ].filter((fact): fact is Fact => Boolean(fact.value));
}

const nameOfLanguage = (code: string | null) => (code && languageNames[code as keyof typeof languageNames]) ?? code;

/** What happened in the order in which it did, as far as we were told. */
export function listHappenings(message: MessageDetail, now: Date, timeZone: string): Happening[] {
  const print = (instant: Date) => dayAndTime(instant, now, timeZone, { withSeconds: true });
  const { status, tone } = messageStatuses[message.status];
  const { queuedAt, firstTriedAt, sentAt, notification, attempts } = message;
  const happenings: (Happening | null)[] = [
    { label: "Queued", at: print(queuedAt), tone: "wait" },
    firstTriedAt && {
      label:
        attempts > 1
          ? `Tried ${attempts} times`
          : attempts === 1 || sentAt
            ? "Handed over"
            : "May have been handed over",
      at: print(firstTriedAt),
      tone: "wait",
    },
    sentAt && { label: "Sent", at: print(sentAt), tone: "good" },
    message.status !== "queued" && message.status !== "sent" ? { label: status, at: "", tone } : null,
    notification?.readAt ? { label: "Read", at: print(notification.readAt), tone: "good" } : null,
    notification?.dismissedAt ? { label: "Dismissed", at: print(notification.dismissedAt), tone: "wait" } : null,
  ];
  return happenings.filter((happening) => happening !== null);
}

export function listHeaders({ fromAddress, fromName, recipient, subject, headers }: MessageDetail) {
  const all = {
    // An SMS has neither the sender's address nor a subject.
    From: fromName && fromAddress ? `${fromName} <${fromAddress}>` : fromName || (fromAddress ?? ""),
    To: recipient ?? "",
    ...(subject === null ? {} : { Subject: subject }),
    ...headers,
  };
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}
