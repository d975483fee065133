import type { Clock } from "#lib/clock";
import type { OutcomeReason } from "#lib/outcome-reasons";
import type { DueMessage } from "./claim-messages.ts";
import type { Settlement } from "./settle-messages.ts";

/** A message whose workflow this program cannot read rests for a while: a newer one may. In the end it is skipped. */
const unreadable = { restMs: 60_000, givenUpAfterMs: 48 * 3_600_000 };

/** What becomes of a message that must not go out now. One that may have left already is for a person to judge, not for us. */
export function settleRefused(
  { id: messageId, queuedAt, firstTriedAt }: DueMessage,
  reason: OutcomeReason,
  { now }: Clock,
): Settlement {
  const mayHaveLeft = firstTriedAt !== null;
  const ageMs = now.getTime() - new Date(queuedAt).getTime();
  if (reason === "definition_invalid" && ageMs <= unreadable.givenUpAfterMs) {
    const dueAt = new Date(now.getTime() + unreadable.restMs);
    return { messageId, status: "retry", dueAt, error: "The workflow's version cannot be read here", mayHaveLeft };
  }
  return { messageId, status: mayHaveLeft ? "unconfirmed" : "skipped", reason };
}
