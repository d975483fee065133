import type { IncomingEvent } from "./events/incoming-event.ts";

/** A message as it is handed over: frozen, so that a second try sends the same bytes. */
export type Outgoing = {
  messageId: number;
  /** The same at every try of one message: a provider that knows it takes it once. */
  idempotencyKey: string;
  to: string;
  fromAddress: string;
  fromName: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

/**
 * Why nothing more should be handed to the account for now. `rate_limited`: too fast. `unavailable`: the provider itself
 * is in trouble. `account_refused`: a key or a sender that it does not take. `quota_exceeded`: it has taken all it may.
 */
export type Pause = {
  cause: "rate_limited" | "unavailable" | "account_refused" | "quota_exceeded";
  /** How long the provider asks for; without it we choose. */
  afterMs?: number;
};

/**
 * What became of one message. `refused` is for good; `retry` was surely not taken and is worth another try; `unknown`
 * means that nobody can tell whether it was taken. With a `pause` it is not the message's fault.
 */
export type SendResult = { messageId: number } & (
  | { outcome: "accepted"; providerMessageId: string }
  /** `suppress`: why nothing more should be sent to this address, by anybody. */
  | { outcome: "refused"; error: string; suppress?: "bounced" | "requested" }
  | { outcome: "unknown"; error: string; afterMs?: number; pause?: Pause }
  /** `isUntried`: it was not even handed over. `isAboutSender`: what is refused is whom it is from. */
  | { outcome: "retry"; error: string; afterMs?: number; pause?: Pause; isUntried?: boolean; isAboutSender?: boolean }
);

/** A message that may have been taken, as its provider would know it. */
export type Sought = Pick<Outgoing, "messageId" | "to" | "subject" | "text"> & { triedAt: Date };

/** A message that the provider has, and what it says of it, as the events that would have told us so, in their order. */
export type Trace = { takenAt: Date; events: IncomingEvent[] };

/** `unclear`: it could not be asked, or what it says may mean another message. */
export type LookUpAnswer =
  | { outcome: "found"; trace: Trace }
  | { outcome: "not_known" }
  | { outcome: "unclear"; error: string };

/** What a look-up may ask of us. */
export type Asking = {
  now: Date;
  /** To be awaited before each request; false when there is no time left for another. */
  mayAsk(): Promise<boolean>;
  /** The provider's id of the first message that it took from us at that instant or later, if there is one. */
  idSince(instant: Date): Promise<string | null>;
  /** Those of the provider's ids that are other messages of ours. */
  listOthers(ids: string[]): Promise<Set<string>>;
};

/** Providers that can be asked about a message, by the name that messages carry, and what people call them. */
export const askable: Partial<Record<string, string>> = { resend: "Resend", twilio: "Twilio" };

/** Some of what it has taken, newest first. `became`: the event that would have told us the last of it, if there was any. */
export type TakenPage = {
  messages: { providerMessageId: string; takenAt: Date; became: IncomingEvent | null }[];
  isLast: boolean;
};

/** A way out of the machine. It answers for each message of a batch: one that is refused must not fail the others. */
export type Provider = {
  name: string;
  channel: "email" | "sms";
  /** Messages per call at most. */
  batchSize: number;
  /** Calls that are made ready together, one made after the other; 1 unless said. */
  callsAtOnce?: number;
  /**
   * What it recognises when it is handed it again, by its key: each message, only a whole request, or nothing – then a
   * message of unknown outcome is for a person to decide.
   */
  recognises: "messages" | "requests" | "nothing";
  /** Requests in any second, over all workers; without it as many as there are. */
  requestsPerSecond?: number;
  /** How long a call may take before its outcome counts as unknown. Well within a lease. */
  timeoutMs?: number;
  /** A provider that hands messages over one by one reports each as it knows: what is known by then outlives a time-out. */
  send(batch: Outgoing[], requestKey: string, report?: (result: SendResult) => void): Promise<SendResult[]>;
  /** Tells what it knows of a message of unknown outcome; only where a provider can be asked. */
  lookUp?(sought: Sought, asking: Asking): Promise<LookUpAnswer>;
  /**
   * Lists what it has taken, from behind (older than) the message with this id on; of null from the newest on.
   * @throws when it cannot be read.
   */
  listTaken?(after: string | null, heardAt: Date): Promise<TakenPage>;
  close?(): void;
};
