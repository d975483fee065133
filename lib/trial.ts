import type { OutcomeReason } from "./outcome-reasons.ts";

/** A step of a run that does not exist, for a member who does. */
export type StepOnTrial = {
  memberId: number;
  stepId: number;
  facts: Record<string, unknown>;
  workflowContext: Record<string, unknown>;
  stepContext: Record<string, unknown>;
};

/** A message as the member would get it. */
export type TriedMessage = {
  language: string;
  recipient: string | null;
  /** The template's own sender; null where it is the gym's. */
  fromAddress: string | null;
  fromName: string | null;
  subject: string;
  title: string;
  html: string;
  text: string;
  /** What was left out, in words. */
  problems: string[];
};

/** What delivery would make of it. */
export type TriedDelivery = {
  /** Why it would not go out. */
  reason: OutcomeReason | null;
  /** Until when it would wait. */
  until: Date | null;
  /** Why it could not be made. */
  error: string | null;
  rendered: TriedMessage | null;
};
