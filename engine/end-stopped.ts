import type { Tx } from "#db/client";
import { endRuns, lockOpenRuns } from "#db/queries/runs";
import type { OutcomeReason } from "#lib/outcome-reasons";
import type { Clock } from "./define.ts";
import { findStopsOfRuns, type Owed } from "./stops.ts";

/** Ends runs that must go no further, each with the status that its reason comes down to. */
export async function endStopped(tx: Tx, stops: Map<number, OutcomeReason>, { now }: Clock) {
  for (const reason of new Set(stops.values())) {
    const runIds = [...stops].flatMap(([runId, why]) => (why === reason ? [runId] : []));
    await endRuns(tx, runIds, { status: endOf(reason), reason, endedAt: now });
  }
}

/** Of what stops a message, that which stops its run too. A message that is too late says nothing about what follows. */
const alsoStopRuns: OutcomeReason[] = ["exited", "left_audience", "member_gone"];

/**
 * What delivery asks before each hand-over: the runs that must go no further, whose messages are not sent. They end here and now,
 * but for those that are being executed in this moment and are asked there.
 */
export async function stopRuns(tx: Tx, owed: Owed[], clock: Clock): Promise<Map<number, OutcomeReason>> {
  const stops = await findStopsOfRuns(tx, owed, clock);
  const ending = new Map([...stops].filter(([, reason]) => alsoStopRuns.includes(reason)));
  const open = await lockOpenRuns(tx, [...ending.keys()]);
  await endStopped(tx, new Map([...ending].filter(([runId]) => open.has(runId))), clock);
  return stops;
}

const endOf = (reason: OutcomeReason) =>
  reason === "expired_too_late"
    ? "expired"
    : reason === "definition_invalid"
      ? "failed"
      : ["member_gone", "workflow_deleted"].includes(reason)
        ? "cancelled"
        : "exited";
