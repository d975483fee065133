import { exportLog } from "#app/admin/logs/export-log";
import { commonFilter, stepQuery } from "#app/admin/logs/log-filter";
import { actionLabels, branchWays, stepOutcomes } from "#app/admin/logs/read-steps";
import { listStepLogs, type StepLogRow } from "#db/queries/logs";
import { explainReason } from "#lib/outcome-reasons";
import { getDb } from "../../../../_server/db.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

/** All steps that a filter shows, as a file. */
export const GET = defineRouteHandler({ roles: ["admin"], query: stepQuery }, async ({ viewer, query }) =>
  exportLog<StepLogRow>(viewer, {
    name: "steps",
    query,
    columns: [
      ["Time", ({ executedAt }, print) => print(executedAt)],
      ["Member number", ({ memberId }) => memberId],
      ["Member", ({ memberName }) => memberName],
      ["Workflow", ({ workflowName }) => workflowName],
      ["Run", ({ runId }) => runId],
      ["Step", ({ stepId }) => stepId],
      ["Action", ({ actionType }) => actionLabels.get(actionType) ?? actionType],
      ["Outcome", ({ outcome }) => stepOutcomes[outcome].status],
      ["Reason", ({ reason, detail }) => (reason ? explainReason(reason) : (branchWays.get(detail ?? "") ?? null))],
      ["Error", ({ errorMessage }) => errorMessage],
      ["Message", ({ messageId }) => messageId],
    ],
    read: (page, { timeZone }) =>
      listStepLogs(getDb(), { ...commonFilter(query, timeZone), outcome: query.status, ...page }),
  }),
);
