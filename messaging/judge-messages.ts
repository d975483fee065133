import type { Tx } from "#db/client";
import type { Clock } from "#lib/clock";
import type { OutcomeReason } from "#lib/outcome-reasons";
import { isEmailAddress, isPhoneNumber } from "./addresses.ts";
import type { Channel, DueMessage } from "./claim-messages.ts";
import { signInLinkMinutes } from "./sign-in-mail.ts";

/** Whose messages must not go out, and why: the engine's answer, asked right before every delivery. Runs that are over by that end. */
export type StopRuns = (
  tx: Tx,
  owed: { runId: number; since: Date }[],
  clock: Clock,
) => Promise<Map<number, OutcomeReason>>;

/** Why each of the messages must not go out now; those that may are not in the answer. */
export async function judgeMessages(
  tx: Tx,
  channel: Channel,
  messages: DueMessage[],
  clock: Clock,
  stopRuns: StopRuns,
): Promise<Map<number, OutcomeReason>> {
  const owed = messages.flatMap(({ runId, queuedAt }) => (runId ? [{ runId, since: new Date(queuedAt) }] : []));
  const stops = owed.length > 0 ? await stopRuns(tx, owed, clock) : new Map<number, OutcomeReason>();
  const refused = new Map<number, OutcomeReason>();
  for (const message of messages) {
    const stop = message.runId === null ? null : stops.get(message.runId);
    const reason = stop ?? findRefusal(channel, message, clock);
    if (reason) {
      refused.set(message.id, reason);
    }
  }
  return refused;
}

function findRefusal(channel: Channel, message: DueMessage, { now }: Clock): OutcomeReason | null {
  if (message.class === "sign_in") {
    const isStale = now.getTime() - new Date(message.queuedAt).getTime() > signInLinkMinutes * 60_000;
    return isStale ? "expired_too_late" : null;
  }
  // Advertising by email and SMS needs a yes; everything else is stopped by a no.
  const needsConsent = channel !== "in_app" && message.class === "marketing";
  if (needsConsent ? message.isGranted !== true : message.isGranted === false) {
    return "no_consent";
  }
  if (channel === "in_app") {
    return null;
  }
  const isAddress = channel === "sms" ? isPhoneNumber : isEmailAddress;
  if (!message.address || !isAddress(message.address)) {
    return "no_address";
  }
  return message.isSuppressed ? "suppressed_address" : null;
}
