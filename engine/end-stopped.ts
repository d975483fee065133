import type { Tx } from "#db/client";
import { endRuns } from "#db/queries/runs";
import type { OutcomeReason } from "#lib/outcome-reasons";
import type { Clock } from "./define.ts";

/** Ends runs that must go no further, each with the status that its reason comes down to. */
export async function endStopped(tx: Tx, stops: Map<number, OutcomeReason>, { now }: Clock) {
  for (const reason of new Set(stops.values())) {
    const runIds = [...stops].flatMap(([runId, why]) => (why === reason ? [runId] : []));
    await endRuns(tx, runIds, { status: endOf(reason), reason, endedAt: now });
  }
}

const endOf = (reason: OutcomeReason) =>
  reason === "expired_too_late"
    ? "expired"
    : reason === "definition_invalid"
      ? "failed"
      : ["member_gone", "workflow_deleted"].includes(reason)
        ? "cancelled"
        : "exited";
