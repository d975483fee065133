import type { messageEvents } from "#db/schema/index";

export type EventType = (typeof messageEvents.$inferSelect)["type"];

/** Why nothing more may go to an address, for good. */
export type LastingReason = "bounced" | "complained" | "requested";

/** The channel that each provider's events are about. */
export const channelOf = { resend: "email", twilio: "sms" } as const;

/** What a provider tells of one message, in our words. `other` is what we have no use for. */
export type IncomingEvent = {
  provider: keyof typeof channelOf;
  /** The same at every repetition. */
  eventId: string;
  type: EventType;
  providerMessageId: string | null;
  /** The id of ours that went along with the message and came back. */
  ownId: number | null;
  /** Whom it concerns, as the provider writes them. */
  recipients: string[];
  occurredAt: Date;
  suppression: LastingReason | null;
  /** The provider's own words about what went wrong. */
  error: string | null;
  /** Of a click: where it leads, and the program that made it. */
  link: string | null;
  userAgent: string | null;
  /** To the letter, as it was signed. */
  body: string;
};

/** An event whose message is known. */
export type MatchedEvent = IncomingEvent & { messageId: number; isAutomatic: boolean };

/** What a person does with a message that has come, or a program does in their stead. */
export const visitTypes = ["opened", "clicked"] as const satisfies EventType[];

export const isVisit = ({ type }: { type: EventType }) => visitTypes.some((visit) => visit === type);
