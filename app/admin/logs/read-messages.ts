import type { LogPage, MessageListRow } from "#components/logs/log-rows";
import { listMessages } from "#db/queries/message-log";
import { getEnv } from "#env";
import { explainReason } from "#lib/outcome-reasons";
import { getDb } from "../../_server/db.ts";
import type { Viewer } from "../../_server/session.ts";
import { getGym } from "../../_shell/gym.ts";
import { channelNames, messageStatuses } from "./message-status.ts";
import { logPage, printInstant } from "./print-log.ts";

/** A sign-in mail lets in whoever reads it: admins may, and only while mail goes nowhere but into the outbox. */
export const mayReadSignInMail = (viewer: Viewer) => viewer.role === "admin" && getEnv().EMAIL_PROVIDER === "outbox";

type Filter = { beforeId?: number; workflowId?: number };

export async function readMessages(viewer: Viewer, filter: Filter): Promise<LogPage<MessageListRow>> {
  const { timeZone } = await getGym();
  const now = new Date();
  const includeSignIn = mayReadSignInMail(viewer);
  return logPage(
    (limit) => listMessages(getDb(), { ...filter, limit, includeSignIn }),
    (row) => ({
      id: row.id,
      ...printInstant(row.sentAt ?? row.queuedAt, now, timeZone),
      channel: channelNames[row.channel],
      // In the app there is no address: the member is all there is to say.
      recipient: row.channel === "in_app" ? "" : (row.recipient ?? ""),
      member: row.memberName,
      subject: row.subject ?? row.templateName ?? "Message",
      workflow: row.class === "sign_in" ? "Sign-in" : row.workflowName,
      ...messageStatuses[row.status],
      reason: row.reason ? explainReason(row.reason) : null,
      error: row.errorMessage,
    }),
  );
}
