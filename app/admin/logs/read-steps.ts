import type { LogPage, StepRow } from "#components/logs/log-rows";
import type { ToneName } from "#components/ui/tone";
import { listStepLogs, type StepLogRow } from "#db/queries/logs";
import { actions } from "#engine/actions/index";
import { explainReason } from "#lib/outcome-reasons";
import { getDb } from "../../_server/db.ts";
import { getGym } from "../../_shell/gym.ts";
import { commonFilter, type StepQuery } from "./log-filter.ts";
import { logPage, printInstant } from "./print-log.ts";

export const stepOutcomes: Record<StepLogRow["outcome"], { status: string; tone: ToneName }> = {
  done: { status: "Done", tone: "good" },
  queued: { status: "Queued", tone: "active" },
  skipped: { status: "Skipped", tone: "wait" },
  failed: { status: "Failed", tone: "bad" },
};

export const actionLabels = new Map<string, string>([
  ...actions.entries.map(({ type, label }) => [type, label] as const),
  ["wait", "Wait"],
  ["branch", "Decide"],
]);

export const branchWays = new Map([
  ["then", "The condition holds"],
  ["else", "The condition does not hold"],
]);

export async function readSteps(query: StepQuery, beforeId?: number): Promise<LogPage<StepRow>> {
  const { timeZone } = await getGym();
  const filter = { ...commonFilter(query, timeZone), outcome: query.status };
  const now = new Date();
  return logPage(
    (limit) => listStepLogs(getDb(), { ...filter, beforeId, limit }),
    (row) => ({
      id: row.id,
      ...printInstant(row.executedAt, now, timeZone),
      member: row.memberName ?? `Member ${row.memberId}`,
      workflow: row.workflowName ?? `Workflow ${row.workflowId}`,
      step: `Step ${row.stepId} · ${actionLabels.get(row.actionType) ?? row.actionType}`,
      ...stepOutcomes[row.outcome],
      reason: row.reason ? explainReason(row.reason) : (branchWays.get(row.detail ?? "") ?? null),
      error: row.errorMessage,
      messageId: row.messageId,
      runId: row.runId,
    }),
  );
}
