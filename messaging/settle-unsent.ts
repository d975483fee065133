import type { Clock } from "#lib/clock";
import type { OutcomeReason } from "#lib/outcome-reasons";
import type { DueMessage } from "./claim-messages.ts";
import type { Unfilled } from "./fill-messages.ts";
import type { Verdict } from "./judge-messages.ts";
import type { Provider } from "./provider.ts";
import type { Settlement } from "./settle-messages.ts";

/** What this program cannot do, a newer one may: such a message rests for a while between tries, and in the end is let go. */
const rest = { ms: 60_000, givenUpAfterMs: 48 * 3_600_000 };

/** A provider remembers a key for a day; past this a message whose first try is unsettled is not tried again. */
const keyLivesMs = 23 * 3_600_000;

const isOld = ({ queuedAt }: DueMessage, { now }: Clock) =>
  now.getTime() - new Date(queuedAt).getTime() > rest.givenUpAfterMs;

function restNow({ id: messageId, firstTriedAt }: DueMessage, error: string, { now }: Clock): Settlement {
  const dueAt = new Date(now.getTime() + rest.ms);
  return { messageId, status: "retry", dueAt, error, mayHaveLeft: firstTriedAt !== null };
}

/** What is decided of claimed messages without a hand-over; those that go out now are not in the answer. */
export function settleBeforehand(
  messages: DueMessage[],
  verdicts: Map<number, Verdict>,
  { recognises }: Pick<Provider, "recognises">,
  clock: Clock,
): Settlement[] {
  const isRequest = recognises === "requests" && messages.some(({ batchId }) => batchId !== null);
  const verdictOf = isRequest ? judgeRequest(messages, verdicts) : ({ id }: DueMessage) => verdicts.get(id);
  return messages.flatMap((message) => {
    const verdict = verdictOf(message);
    const isLost =
      message.firstTriedAt !== null &&
      (recognises === "nothing" ||
        (message.batchId !== null && recognises !== "requests") ||
        clock.now.getTime() - new Date(message.firstTriedAt).getTime() > keyLivesMs);
    if (isLost) {
      const reason = verdict && !verdict.until ? verdict.reason : "unknown_outcome";
      return [{ messageId: message.id, status: "unconfirmed", reason }];
    }
    return verdict ? [settleJudged(message, verdict, clock)] : [];
  });
}

/** A member's own no, or that nothing may reach them: even what may have left is not handed over again. */
const overruling: OutcomeReason[] = ["no_consent", "suppressed_address", "no_address", "member_gone"];
const isOverruled = ({ reason, until }: Verdict) => !until && overruling.includes(reason);

/**
 * A request that was broken off is repeated as it was or not at all: without one of its messages its key would be another's.
 * It is given up when one of its readers must not be written to any more, and it waits for the last of their mornings. What
 * was decided after it was first handed over, such as a visit, comes too late for it.
 */
function judgeRequest(messages: DueMessage[], verdicts: Map<number, Verdict>) {
  const all = messages.flatMap(({ id }) => verdicts.get(id) ?? []);
  const isGivenUp = all.some(isOverruled);
  const until = all.reduce<Date | undefined>(
    (last, { until }) => (until && (!last || until > last) ? until : last),
    undefined,
  );
  return ({ id }: DueMessage): Verdict | undefined => {
    const own = verdicts.get(id);
    if (isGivenUp) {
      return own && isOverruled(own) ? own : { reason: "unknown_outcome" };
    }
    return until && { reason: "quiet_hours", until };
  };
}

/** One that may have left already is for a person to judge, not for us. */
export function settleJudged(message: DueMessage, { reason, until }: Verdict, clock: Clock): Settlement {
  if (until) {
    return { messageId: message.id, status: "held", dueAt: until, reason };
  }
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
