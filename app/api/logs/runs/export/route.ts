import { exportLog } from "#app/admin/logs/export-log";
import { commonFilter, runQuery } from "#app/admin/logs/log-filter";
import { origins, runStatuses } from "#app/admin/logs/runs/run-words";
import { listRuns, type RunLogRow } from "#db/queries/run-log";
import { explainReason } from "#lib/outcome-reasons";
import { getDb } from "../../../../_server/db.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

/** All runs that a filter shows, as a file. */
export const GET = defineRouteHandler({ roles: ["admin"], query: runQuery }, async ({ viewer, query }) =>
  exportLog<RunLogRow>(viewer, {
    name: "runs",
    query,
    columns: [
      ["Started", ({ startedAt }, print) => print(startedAt)],
      ["Ended", ({ endedAt }, print) => print(endedAt)],
      ["Run", ({ id }) => id],
      ["Member number", ({ memberId }) => memberId],
      ["Member", ({ memberName }) => memberName],
      ["Workflow", ({ workflowName }) => workflowName],
      ["Start", ({ origin }) => origins[origin]],
      ["Status", ({ status }) => runStatuses[status].status],
      ["Reason", ({ reason }) => reason && explainReason(reason)],
    ],
    read: (page, { timeZone }) =>
      listRuns(getDb(), { ...commonFilter(query, timeZone), status: query.status, ...page }),
  }),
);
