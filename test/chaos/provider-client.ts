import { createHash } from "node:crypto";
import type { Outgoing, Provider, SendResult } from "#messaging/provider";

/** Far below the lease: what hangs is left long before somebody else may claim the message. */
const answerWithinMs = 1_000;

/** How a worker talks to the faulty provider: a request a message, as many at once as it is given. */
export const createFaultyClient = (url: string, channel: Provider["channel"], batchSize: number): Provider => ({
  name: "faulty",
  channel,
  batchSize,
  recognises: "messages",
  send: (batch) => Promise.all(batch.map((message) => hand(url, channel, message))),
});

async function hand(url: string, channel: string, message: Outgoing): Promise<SendResult> {
  const { messageId, idempotencyKey: key, to, subject, html, text } = message;
  const body = createHash("sha256")
    .update(JSON.stringify([subject, html, text, to]))
    .digest("hex");
  try {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ key, channel, to, subject, body }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (response.ok) {
      const { id } = (await response.json()) as { id: string };
      return { messageId, outcome: "accepted", providerMessageId: id };
    }
    const error = `The provider answered ${response.status}`;
    await response.body?.cancel();
    const afterMs = Number(response.headers.get("retry-after")) * 1000;
    // A broken server may have taken it all the same; one that counts requests has not looked at it.
    return response.status === 429
      ? { messageId, outcome: "retry", error, afterMs }
      : response.status >= 500
        ? { messageId, outcome: "unknown", error }
        : { messageId, outcome: "refused", error };
  } catch (error) {
    return { messageId, outcome: "unknown", error: error instanceof Error ? error.message : String(error) };
  }
}
