import type { Outgoing, Provider, SendResult } from "./provider.ts";

/** Hands a batch over and always has an answer in time: what hangs, breaks or is left out has an unknown outcome. */
export async function sendWithin(provider: Provider, batch: Outgoing[], timeoutMs: number): Promise<SendResult[]> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  try {
    const results = await Promise.race([provider.send(batch), timeout]);
    const answered = new Map(results.map((result) => [result.messageId, result]));
    return batch.map(
      ({ messageId }) => answered.get(messageId) ?? unknown(messageId, "The provider left this one out"),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return batch.map(({ messageId }) => unknown(messageId, message));
  } finally {
    clearTimeout(timer);
  }
}

const unknown = (messageId: number, error: string): SendResult => ({ messageId, outcome: "unknown", error });
