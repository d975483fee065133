import type { LogPage, RunRow } from "#components/logs/log-rows";
import { listRuns } from "#db/queries/run-log";
import { dayAndTime } from "#lib/format-time";
import { explainReason } from "#lib/outcome-reasons";
import { getDb } from "../../../_server/db.ts";
import { getGym } from "../../../_shell/gym.ts";
import { commonFilter, type RunQuery } from "../log-filter.ts";
import { logPage, printInstant } from "../print-log.ts";
import { origins, runStatuses } from "./run-words.ts";

export async function readRuns(query: RunQuery, beforeId?: number): Promise<LogPage<RunRow>> {
  const { timeZone } = await getGym();
  const now = new Date();
  const filter = { ...commonFilter(query, timeZone), status: query.status };
  return logPage(
    (limit) => listRuns(getDb(), { ...filter, beforeId, limit }),
    (row) => ({
      id: row.id,
      ...printInstant(row.startedAt, now, timeZone),
      member: row.memberName ?? `Member ${row.memberId}`,
      workflow: row.workflowName ?? `Workflow ${row.workflowId}`,
      origin: origins[row.origin],
      ...runStatuses[row.status],
      reason: row.reason
        ? explainReason(row.reason)
        : row.dueAt && row.dueAt > now
          ? `Until ${dayAndTime(row.dueAt, now, timeZone)}`
          : null,
      error: null,
    }),
  );
}
