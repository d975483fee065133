import { exportLog } from "#app/admin/logs/export-log";
import { commonFilter, messageQuery } from "#app/admin/logs/log-filter";
import { mayReadSignInMail } from "#app/admin/logs/read-messages";
import { listMessages, type MessageRow } from "#db/queries/message-log";
import { explainReason } from "#lib/outcome-reasons";
import { channelNames } from "#lib/template-texts";
import { messageStatuses } from "../../../../_messages/message-status.ts";
import { getDb } from "../../../../_server/db.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

/** All messages that a filter shows, as a file. */
export const GET = defineRouteHandler({ roles: ["admin"], query: messageQuery }, async ({ viewer, query }) => {
  const { template, channel, status } = query;
  const includeSignIn = mayReadSignInMail(viewer);
  return exportLog<MessageRow>(viewer, {
    name: "messages",
    query,
    columns: [
      ["Queued", ({ queuedAt }, print) => print(queuedAt)],
      ["Sent", ({ sentAt }, print) => print(sentAt)],
      ["Message", ({ id }) => id],
      ["Channel", (row) => channelNames[row.channel]],
      ["Member number", ({ memberId }) => memberId],
      ["Member", ({ memberName }) => memberName],
      ["Recipient", ({ recipient }) => recipient],
      ["Subject", ({ subject }) => subject],
      ["Template", ({ templateName }) => templateName],
      ["Workflow", ({ workflowName }) => workflowName],
      ["Status", (row) => messageStatuses[row.status].status],
      ["Reason", ({ reason }) => reason && explainReason(reason)],
      ["Error", ({ errorMessage }) => errorMessage],
    ],
    read: (page, { timeZone }) =>
      listMessages(getDb(), {
        ...commonFilter(query, timeZone),
        ...{ templateId: template, channel, status, includeSignIn },
        ...page,
      }),
  });
});
