import type { Outgoing, Provider, SendResult } from "./provider.ts";

type Call = { batch: Outgoing[]; requestKey: string; timeoutMs: number };

/** Hands a batch over and always has an answer in time: what hangs, breaks or is left out has an unknown outcome. */
export async function sendWithin(provider: Provider, { batch, requestKey, timeoutMs }: Call): Promise<SendResult[]> {
  const answered = new Map<number, SendResult>();
  const report = (result: SendResult) => answered.set(result.messageId, result);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  let missing = "The provider left this one out";
  try {
    for (const result of await Promise.race([provider.send(batch, requestKey, report), timeout])) {
      report(result);
    }
  } catch (error) {
    missing = error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
  return batch.map(({ messageId }) => answered.get(messageId) ?? { messageId, outcome: "unknown", error: missing });
}
