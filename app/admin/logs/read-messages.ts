import type { LogPage, MessageListRow } from "#components/logs/log-rows";
import { listMessages, type MessageRow } from "#db/queries/message-log";
import { getEnv } from "#env";
import { channelNames } from "#lib/template-texts";
import { explainStatus, messageStatuses } from "../../_messages/message-status.ts";
import { getDb } from "../../_server/db.ts";
import type { Viewer } from "../../_server/session.ts";
import { getGym } from "../../_shell/gym.ts";
import { commonFilter, type MessageQuery } from "./log-filter.ts";
import { logPage, printInstant } from "./print-log.ts";

/** A sign-in mail lets in whoever reads it: admins may, and only while mail goes nowhere but into the outbox. */
export const mayReadSignInMail = (viewer: Viewer) => viewer.role === "admin" && getEnv().EMAIL_PROVIDER === "outbox";

/** What stands in a workflow's place where there is none. */
const ownMail: Partial<Record<MessageRow["class"], string>> = { sign_in: "Sign-in", digest: "Daily digest" };

export async function readMessages(
  viewer: Viewer,
  query: MessageQuery,
  beforeId?: number,
): Promise<LogPage<MessageListRow>> {
  const { timeZone } = await getGym();
  const { template, channel, status } = query;
  const filter = { ...commonFilter(query, timeZone), templateId: template, channel, status };
  const now = new Date();
  const includeSignIn = mayReadSignInMail(viewer);
  return logPage(
    (limit) => listMessages(getDb(), { ...filter, beforeId, limit, includeSignIn }),
    (row) => ({
      id: row.id,
      ...printInstant(row.sentAt ?? row.queuedAt, now, timeZone),
      channel: channelNames[row.channel],
      // In the app there is no address: the member is all there is to say.
      recipient: row.channel === "in_app" ? "" : (row.recipient ?? ""),
      member: row.memberName,
      subject: row.subject ?? row.templateName ?? "Message",
      workflow: ownMail[row.class] ?? row.workflowName,
      ...messageStatuses[row.status],
      reason: explainStatus(row, now, timeZone),
      error: row.errorMessage,
    }),
  );
}
