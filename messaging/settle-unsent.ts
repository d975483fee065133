import type { Clock } from "#lib/clock";
import type { OutcomeReason } from "#lib/outcome-reasons";
import type { DueMessage } from "./claim-messages.ts";
import type { Unfilled } from "./fill-messages.ts";
import type { Settlement } from "./settle-messages.ts";

/** What this program cannot do, a newer one may: such a message rests for a while between tries, and in the end is let go. */
const rest = { ms: 60_000, givenUpAfterMs: 48 * 3_600_000 };

const isOld = ({ queuedAt }: DueMessage, { now }: Clock) =>
  now.getTime() - new Date(queuedAt).getTime() > rest.givenUpAfterMs;

function restNow({ id: messageId, firstTriedAt }: DueMessage, error: string, { now }: Clock): Settlement {
  const dueAt = new Date(now.getTime() + rest.ms);
  return { messageId, status: "retry", dueAt, error, mayHaveLeft: firstTriedAt !== null };
}

/** What becomes of a message that must not go out now. One that may have left already is for a person to judge, not for us. */
export function settleRefused(message: DueMessage, reason: OutcomeReason, clock: Clock): Settlement {
  if (reason === "definition_invalid" && !isOld(message, clock)) {
    return restNow(message, "The workflow's version cannot be read here", clock);
  }
  return { messageId: message.id, status: message.firstTriedAt === null ? "skipped" : "unconfirmed", reason };
}

/** What becomes of a message that could not be made from its template. */
export function settleUnfilled({ message, error, isTemplate }: Unfilled, clock: Clock): Settlement {
  return isTemplate || isOld(message, clock)
    ? { messageId: message.id, status: "failed", reason: "template_broken", error }
    : restNow(message, error, clock);
}
