/**
 * Why a step or a message ended other than as planned, in words for the gym. The closed list: what is written to a
 * `reason` column is one of these keys, and stored keys never change.
 */
const outcomeReasons = {
  no_consent: "Has not agreed to messages of this kind",
  suppressed_address: "The address bounced, complained, or asked to be left alone",
  no_address: "No address on file for this channel",
  country_not_allowed: "The gym sends no text messages to that country",
  frequency_cap: "Had enough messages already these days",
  quiet_hours: "Waits for the end of quiet hours",
  complaint_pause: "Marketing email is paused: too much of it was reported as spam",
  exited: "An exit condition was met first",
  left_audience: "No longer in the workflow's audience",
  has_offer: "Has this offer already, and can still use it",
  no_assignee: "Nobody to give the task to",
  member_gone: "The member was erased",
  merged: "Done under another record of the same member",
  member_paused: "The member paused all messages",
  template_archived: "The template was archived",
  template_missing: "The template does not exist",
  template_broken: "The template could not be filled in",
  expired_too_late: "Too late to be of use",
  channel_unavailable: "The channel is not set up",
  workflow_deleted: "The workflow was deleted",
  definition_invalid: "The workflow's definition could not be read",
  action_unknown: "The step's action is not known here",
  refused_by_provider: "The provider refused it",
  unknown_outcome: "Nobody can tell whether the provider took it",
  gave_up: "Gave up after too many attempts",
  loop: "Workflows kept setting each other off",
  discarded: "Discarded by an admin",
  stopped_by_hand: "Cancelled by an admin",
} as const;

export type OutcomeReason = keyof typeof outcomeReasons;

export const outcomeReasonKeys = Object.keys(outcomeReasons) as OutcomeReason[];

/** A stored reason in words. One that this version does not know is shown as it is stored. */
export function explainReason(reason: string): string {
  return Object.hasOwn(outcomeReasons, reason) ? outcomeReasons[reason as OutcomeReason] : reason.replaceAll("_", " ");
}
