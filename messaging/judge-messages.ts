import type { Tx } from "#db/client";
import { pauseReason } from "#db/queries/complaint-watch";
import type { gymSettings } from "#db/schema/index";
import { isTimeZone } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import type { OutcomeReason } from "#lib/outcome-reasons";
import { quietUntil } from "#lib/quiet-hours";
import { isDigestOver } from "#lib/staff-digest";
import { countryOf, isPhoneNumber, mailAddress } from "./addresses.ts";
import type { Channel, DueMessage } from "./claim-messages.ts";
import { findCapped } from "./frequency-cap.ts";
import { signInLinkMinutes } from "./sign-in-mail.ts";

/** Whose messages must not go out, and why: the engine's answer, asked right before every delivery. Runs that are over by that end. */
export type StopRuns = (
  tx: Tx,
  owed: { runId: number; since: Date }[],
  clock: Clock,
) => Promise<Map<number, OutcomeReason>>;

/** Why a message must not go out now; with `until`, why it must wait till then. */
export type Verdict = { reason: OutcomeReason; until?: Date };

type GymRules = Pick<
  typeof gymSettings.$inferSelect,
  "timeZone" | "quietHoursStart" | "quietHoursEnd" | "dailyCap" | "weeklyCap" | "smsCountries"
> & {
  /** No advertising may leave by this channel for now. */
  isMarketingPaused?: boolean;
};

/** While advertising is paused, each message is judged anew this often: it may have become too late. */
const pauseLookMs = 3_600_000;

/** What speaks against each of the messages; those that may go out now are not in the answer. */
export async function judgeMessages(
  tx: Tx,
  channel: Channel,
  messages: DueMessage[],
  gym: GymRules,
  clock: Clock,
  stopRuns: StopRuns,
): Promise<Map<number, Verdict>> {
  const owed = messages.flatMap(({ runId, owedSince }) => (runId ? [{ runId, since: new Date(owedSince) }] : []));
  const stops = owed.length > 0 ? await stopRuns(tx, owed, clock) : new Map<number, OutcomeReason>();
  const verdicts = new Map<number, Verdict>();
  const findQuietEnd = createQuietEnds(gym, clock);
  for (const message of messages) {
    const stop = message.runId === null ? null : stops.get(message.runId);
    const reason = stop ?? findRefusal(channel, message, gym, clock);
    const until = reason || channel === "in_app" ? null : findQuietEnd(message);
    if (reason) {
      verdicts.set(message.id, { reason });
    } else if (gym.isMarketingPaused && isFreshMarketing(message)) {
      verdicts.set(message.id, { reason: pauseReason, until: new Date(clock.now.getTime() + pauseLookMs) });
    } else if (until) {
      verdicts.set(message.id, { reason: "quiet_hours", until });
    }
  }
  if (channel !== "in_app") {
    const allowed = messages.filter(({ id }) => !verdicts.has(id));
    for (const id of await findCapped(tx, allowed, gym, clock)) {
      verdicts.set(id, { reason: "frequency_cap" });
    }
  }
  return verdicts;
}

/** What may have left already is repeated all the same: it went before the pause. */
const isFreshMarketing = (message: DueMessage) =>
  message.runId !== null && message.class === "marketing" && message.firstTriedAt === null;

function findRefusal(
  channel: Channel,
  message: DueMessage,
  { smsCountries, timeZone }: GymRules,
  { now }: Clock,
): OutcomeReason | null {
  if (message.runId === null) {
    return isStale(message, now, timeZone) ? "expired_too_late" : null;
  }
  // Advertising by email and SMS needs a yes; everything else is stopped by a no.
  const needsConsent = channel !== "in_app" && message.class === "marketing";
  if (needsConsent ? message.isGranted !== true : message.isGranted === false) {
    return "no_consent";
  }
  if (channel === "in_app") {
    return null;
  }
  const { address } = message;
  if (!address || (channel === "sms" ? !isPhoneNumber(address) : mailAddress(address) === null)) {
    return "no_address";
  }
  if (channel === "sms" && smsCountries.length > 0 && !smsCountries.includes(countryOf(address) ?? "")) {
    return "country_not_allowed";
  }
  return message.isSuppressed ? "suppressed_address" : null;
}

/** Of mail that belongs to no run: a link that is dead, the news of a morning that is over. */
function isStale(message: DueMessage, now: Date, timeZone: string): boolean {
  const queuedAt = new Date(message.queuedAt);
  switch (message.class) {
    case "sign_in":
      return now.getTime() - queuedAt.getTime() > signInLinkMinutes * 60_000;
    case "digest":
      return isDigestOver(queuedAt, now, timeZone);
    default:
      return false;
  }
}

/** Somebody waits for mail that belongs to no run. Of a member whose zone nobody knows, the gym's night is the night. */
function createQuietEnds(gym: GymRules, { now }: Clock) {
  const hours = { start: gym.quietHoursStart, end: gym.quietHoursEnd };
  const ends = new Map<string | null, Date | null>();
  return ({ runId, timeZone }: DueMessage): Date | null => {
    if (runId === null) {
      return null;
    }
    let end = ends.get(timeZone);
    if (end === undefined) {
      end = quietUntil(now, timeZone !== null && isTimeZone(timeZone) ? timeZone : gym.timeZone, hours);
      ends.set(timeZone, end);
    }
    return end;
  };
}
