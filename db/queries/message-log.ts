import { and, eq, isNotNull, lt, ne, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import {
  automationWorkflows,
  communicationLogs,
  communicationTemplates,
  messageBodies,
  messageTexts,
  notifications,
  users,
} from "../schema/index.ts";
import { isByTime, type LogSpan, newestFirst } from "./log-order.ts";
import { memberName } from "./logs.ts";
import { readByTime } from "./read-by-time.ts";

type Message = typeof communicationLogs.$inferSelect;

export type MessageFilter = LogSpan & {
  workflowId?: number;
  memberId?: number;
  templateId?: number;
  channel?: Message["channel"];
  status?: Message["status"];
  reason?: string;
};

type Page = {
  /** Rows older than this one. */
  beforeId?: number;
  limit: number;
};

type Sight = {
  /** Whether sign-in mail is listed too: its links let in whoever reads it. */
  includeSignIn: boolean;
};

export type MessageRow = Awaited<ReturnType<typeof listMessages>>[number];
export type MessageDetail = NonNullable<Awaited<ReturnType<typeof findMessage>>>;

const messages = communicationLogs;

/** What the message says it is about: as sent, else as its template says before anything is filled in. */
const subject = sql<string | null>`coalesce(nullif(${messageBodies.subject}, ''), ${notifications.title})`;

const summary = {
  id: messages.id,
  channel: messages.channel,
  class: messages.class,
  memberId: messages.memberId,
  memberName,
  recipient: messages.recipient,
  subject,
  templateName: communicationTemplates.name,
  workflowId: messages.workflowId,
  workflowName: automationWorkflows.name,
  status: messages.status,
  reason: messages.reason,
  errorMessage: messages.errorMessage,
  queuedAt: messages.queuedAt,
  dueAt: messages.dueAt,
  sentAt: messages.sentAt,
};

const columns = { id: messages.id, at: messages.queuedAt };

/** What went out or was going to, newest first. */
export function listMessages(db: Db, { beforeId, limit, ...filter }: MessageFilter & Page & Sight) {
  return isByTime(filter)
    ? readByTime(db, messages, columns, { ...filter, beforeId, limit }, (within, room) =>
        readMessages(db, filter, within, room),
      )
    : readMessages(db, filter, beforeId === undefined ? undefined : lt(messages.id, beforeId), limit);
}

function readMessages(db: Db, filter: MessageFilter & Sight, place: SQL | undefined, limit: number) {
  const { workflowId, memberId, templateId, channel, status, reason, includeSignIn } = filter;
  return db
    .select(summary)
    .from(messages)
    .leftJoin(users, eq(users.id, messages.memberId))
    .leftJoin(automationWorkflows, eq(automationWorkflows.id, messages.workflowId))
    .leftJoin(communicationTemplates, eq(communicationTemplates.id, messages.templateId))
    .leftJoin(messageBodies, eq(messageBodies.messageId, messages.id))
    .leftJoin(notifications, and(eq(notifications.runId, messages.runId), eq(notifications.stepId, messages.stepId)))
    .where(
      and(
        place,
        workflowId === undefined ? undefined : eq(messages.workflowId, workflowId),
        memberId === undefined ? undefined : eq(messages.memberId, memberId),
        templateId === undefined ? undefined : eq(messages.templateId, templateId),
        channel === undefined ? undefined : eq(messages.channel, channel),
        // Said twice, since the indexes of what is not in the app, and of what is owed, know it by that.
        channel === undefined || channel === "in_app" ? undefined : ne(messages.channel, "in_app"),
        status === undefined ? undefined : eq(messages.status, status),
        status === "queued" ? isNotNull(messages.dueAt) : undefined,
        reason === undefined ? undefined : eq(messages.reason, reason),
        includeSignIn ? undefined : ne(messages.class, "sign_in"),
      ),
    )
    .orderBy(...newestFirst(columns, filter))
    .limit(limit);
}

export async function findMessage(db: Db, id: number, { includeSignIn }: Sight) {
  const [row] = await db
    .select({
      ...summary,
      language: messages.language,
      runId: messages.runId,
      firstTriedAt: messages.firstTriedAt,
      attempts: messages.attempts,
      providerMessageId: messages.providerMessageId,
      eventData: messages.eventData,
      fromAddress: messageBodies.fromAddress,
      fromName: messageBodies.fromName,
      text: messageTexts.text,
      headers: messageBodies.headers,
      hasHtml: sql<boolean>`coalesce(${messageTexts.html} <> '', false)`,
      notification: {
        title: notifications.title,
        body: notifications.body,
        actionUrl: notifications.actionUrl,
        icon: notifications.icon,
        readAt: notifications.readAt,
        dismissedAt: notifications.dismissedAt,
      },
    })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.memberId))
    .leftJoin(automationWorkflows, eq(automationWorkflows.id, messages.workflowId))
    .leftJoin(communicationTemplates, eq(communicationTemplates.id, messages.templateId))
    .leftJoin(messageBodies, eq(messageBodies.messageId, messages.id))
    .leftJoin(messageTexts, eq(messageTexts.messageId, messages.id))
    .leftJoin(notifications, and(eq(notifications.runId, messages.runId), eq(notifications.stepId, messages.stepId)))
    .where(and(eq(messages.id, id), includeSignIn ? undefined : ne(messages.class, "sign_in")));
  return row ?? null;
}

/** The HTML as it was handed over; null while nothing was tried yet. */
export async function findMessageBody(db: Db, id: number, { includeSignIn }: Sight) {
  const [row] = await db
    .select({ html: messageTexts.html })
    .from(messageTexts)
    .innerJoin(messages, eq(messages.id, messageTexts.messageId))
    .where(and(eq(messageTexts.messageId, id), includeSignIn ? undefined : ne(messages.class, "sign_in")));
  return row ?? null;
}
