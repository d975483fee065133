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
 * What became of one message. `refused` is for good, `retry` is worth another try; `unknown` means that nobody can tell
 * whether it was taken.
 */
export type SendResult = { messageId: number } & (
  | { outcome: "accepted"; providerMessageId: string }
  | { outcome: "refused"; error: string }
  | { outcome: "retry"; error: string; afterMs?: number }
  | { outcome: "unknown"; error: string }
);

/** A way out of the machine. It answers for each message of a batch: one that is refused must not fail the others. */
export type Provider = {
  name: string;
  channel: "email" | "sms";
  /** Messages per call at most. */
  batchSize: number;
  /** Whether it recognises a message that it was handed before. */
  isIdempotent: boolean;
  send(batch: Outgoing[]): Promise<SendResult[]>;
};
