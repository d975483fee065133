import type { Provider } from "../provider.ts";

/** Takes every message and lets none leave the machine: what was frozen before the hand-over is what people read. */
export const createOutbox = (channel: Provider["channel"] = "email"): Provider => ({
  name: "outbox",
  channel,
  batchSize: 500,
  recognises: "messages",
  send: async (batch) =>
    batch.map(({ messageId }) => ({ messageId, outcome: "accepted", providerMessageId: `outbox-${messageId}` })),
});
