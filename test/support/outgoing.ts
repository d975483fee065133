import type { Outgoing } from "#messaging/provider";

/** A message ready to be handed over, its number in its address and its key. */
export const outgoing = (messageId: number, change: Partial<Outgoing> = {}): Outgoing => ({
  messageId,
  idempotencyKey: `message/${messageId}`,
  to: `m${messageId}@example.com`,
  fromAddress: "hello@gym.example",
  fromName: "The Gym",
  subject: `Hello ${messageId}`,
  html: "<p>Hello</p>",
  text: "Hello",
  headers: { "List-Unsubscribe": "<https://app.example/api/unsubscribe/1>" },
  ...change,
});
