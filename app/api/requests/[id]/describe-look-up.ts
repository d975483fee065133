import type { Clock } from "#lib/clock";
import { dayAndTime } from "#lib/format-time";
import type { LookUpResult } from "#messaging/answer-look-ups";
import { askable } from "#messaging/provider";

const fates: Record<string, string> = {
  delivered: "it was delivered",
  opened: "it was delivered and opened",
  clicked: "it was delivered, and a link in it was followed",
  delayed: "it is still trying to deliver it",
  soft_bounced: "it bounced",
  bounced: "it bounced",
  complained: "it was delivered, and reported as spam",
  failed: "it could not be delivered",
};

/** What a provider answered about a message, and what follows from it. */
export function describeLookUp(result: LookUpResult, { now, timeZone }: Clock): string {
  const name = askable[result.provider] ?? result.provider;
  if (result.outcome === "found") {
    const fate = fates[result.event] ?? "nothing more is known yet";
    return `${name} took it ${dayAndTime(new Date(result.takenAt), now, timeZone)}; ${fate}.`;
  }
  return result.outcome === "not_known"
    ? `${name} does not know it, so it has not left. You can send it again.`
    : `${name} cannot tell. ${result.error}.`;
}
