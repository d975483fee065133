import type { Entry } from "#components/members/entry-list";
import type { ToneName } from "#components/ui/tone";
import type { listCreditsOfMember, listOffersOfMember, listTasksOfMember } from "#db/queries/member-history";
import type { MessageRow } from "#db/queries/message-log";
import type { NotificationRow } from "#db/queries/notifications";
import type { Clock } from "#engine/define";
import { dayAndTime, relativeDay, shortDay } from "#lib/format-time";
import { channelNames } from "#lib/template-texts";
import { explainStatus, messageStatuses } from "../../../_messages/message-status.ts";

type Row<List extends (...given: never[]) => Promise<unknown[]>> = Awaited<ReturnType<List>>[number];

export function describeMessage(message: MessageRow, { now, timeZone }: Clock): Entry {
  const why = explainStatus(message, now, timeZone);
  return {
    id: message.id,
    title: message.subject ?? message.templateName ?? "Message",
    href: `/admin/logs/messages/${message.id}`,
    second: [channelNames[message.channel], message.workflowName, why].filter(Boolean).join(" · "),
    ...messageStatuses[message.status],
    at: dayAndTime(message.sentAt ?? message.queuedAt, now, timeZone),
  };
}

export const describeNotification = (
  { id, title, body, createdAt, readAt }: NotificationRow,
  { now, timeZone }: Clock,
): Entry => ({
  id,
  title,
  second: body,
  ...(readAt ? { status: "Read", tone: "good" } : { status: "Unread", tone: "active" }),
  at: dayAndTime(createdAt, now, timeZone),
});

const taskStatuses: Record<Row<typeof listTasksOfMember>["status"], { status: string; tone: ToneName }> = {
  pending: { status: "Open", tone: "active" },
  in_progress: { status: "In progress", tone: "active" },
  completed: { status: "Completed", tone: "good" },
  cancelled: { status: "Cancelled", tone: "wait" },
};

export function describeTask(task: Row<typeof listTasksOfMember>, { now, today, timeZone }: Clock): Entry {
  const isOpen = task.status === "pending" || task.status === "in_progress";
  const isOverdue = isOpen && task.dueDate !== null && task.dueDate < today;
  const due = task.dueDate ? `due ${relativeDay(task.dueDate, today)}` : null;
  return {
    id: task.id,
    title: task.description,
    second: [task.assignee, `${task.priority} priority`, due].filter(Boolean).join(" · "),
    ...(isOverdue ? { status: "Overdue", tone: "bad" } : taskStatuses[task.status]),
    at: dayAndTime(task.createdAt, now, timeZone),
  };
}

export function describeOffer(offer: Row<typeof listOffersOfMember>, { now, today, timeZone }: Clock): Entry {
  const standing = offer.isUsed
    ? ({ status: "Used", tone: "good" } as const)
    : offer.expiryDate < today
      ? ({ status: "Expired", tone: "wait" } as const)
      : ({ status: "Open", tone: "active" } as const);
  const until = `can be used until ${shortDay(offer.expiryDate)}`;
  return {
    id: offer.id,
    title: offer.offerCode,
    second: [offer.description, standing.status === "Open" ? until : null].filter(Boolean).join(" · ") || null,
    ...standing,
    at: dayAndTime(offer.appliedAt, now, timeZone),
  };
}

export const describeCredits = (
  { id, amount, reason, by, createdAt }: Row<typeof listCreditsOfMember>,
  { now, timeZone }: Clock,
): Entry => ({
  id,
  title: reason,
  second: by ? `by ${by}` : null,
  status: `${amount > 0 ? "+" : ""}${printCredits(amount)}`,
  tone: amount > 0 ? "good" : "wait",
  at: dayAndTime(createdAt, now, timeZone),
});

export const printCredits = (amount: number) => amount.toLocaleString("en", { maximumFractionDigits: 2 });
