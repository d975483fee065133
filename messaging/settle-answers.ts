import type { Clock } from "#lib/clock";
import type { DueMessage } from "./claim-messages.ts";
import type { Provider, SendResult } from "./provider.ts";
import type { Settlement } from "./settle-messages.ts";

const retriesEndMs = 24 * 3_600_000;

/** What becomes of a message by the provider's answer. `pausedUntil`: until when the account takes nothing more. */
export function settleAnswer(
  result: SendResult,
  message: DueMessage | undefined,
  { recognises }: Provider,
  clock: Clock,
  pausedUntil?: Date,
): Settlement {
  const { messageId } = result;
  if (result.outcome === "accepted") {
    return { messageId, status: "sent", sentAt: clock.now, providerMessageId: result.providerMessageId };
  }
  if (result.outcome === "refused") {
    return { messageId, status: "failed", reason: "refused_by_provider", error: result.error };
  }
  // A try of unknown outcome stays one, whatever a later try is told.
  const mayHaveLeft = result.outcome === "unknown" || (message?.firstTriedAt ?? null) !== null;
  if (mayHaveLeft && recognises === "nothing") {
    return { messageId, status: "unconfirmed", reason: "unknown_outcome" };
  }
  const afterMs = result.afterMs ?? (result.pause ? 0 : backoffMs(message?.attempts ?? 0));
  const dueAt = new Date(Math.max(clock.now.getTime() + afterMs, pausedUntil?.getTime() ?? 0));
  const hasTime = dueAt.getTime() - new Date(message?.owedSince ?? clock.now).getTime() <= retriesEndMs;
  // What was not even tried is given up by its run's own age limit alone.
  const isWaiting = isUntried(result) && (message?.runId ?? null) !== null;
  if (hasTime || isWaiting) {
    return { messageId, status: "retry", dueAt, error: result.error, mayHaveLeft };
  }
  return mayHaveLeft
    ? { messageId, status: "unconfirmed", reason: "unknown_outcome" }
    : { messageId, status: "failed", reason: "gave_up", error: result.error };
}

/** What the account is to blame for is no try of the message's, nor is what was not even handed over. */
export const isUntried = (result: SendResult): boolean =>
  result.outcome === "retry" && (result.pause !== undefined || result.isUntried === true);

/** Doubles from a minute to half an hour, by how many tries failed before. */
const backoffMs = (attempts: number) => Math.min(60_000 * 2 ** attempts, 1_800_000);
