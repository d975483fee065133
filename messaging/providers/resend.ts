import { type ErrorResponse, Resend } from "resend";
import { mailAddress } from "../addresses.ts";
import type { Outgoing, Pause, Provider, SendResult } from "../provider.ts";
import { listTakenByResend, lookUpAtResend } from "./resend-history.ts";
import { senderLine } from "./sender-line.ts";

type Options = { apiKey: string; baseUrl?: string; requestsPerSecond: number; answerWithinMs?: number };

/** Their limit for one request. */
const batchSize = 100;

/**
 * Resend, by its batch call. It remembers a request's key for a day and answers the same request with what it answered the
 * first time. In its permissive mode one bad address fails alone.
 */
export function createResend({ apiKey, baseUrl, requestsPerSecond, answerWithinMs = 10_000 }: Options): Provider {
  const client = new Resend(apiKey, { baseUrl: baseUrl ?? "https://api.resend.com" });

  async function send(batch: Outgoing[], requestKey: string): Promise<SendResult[]> {
    const { data, error, headers } = await client.batch.send(batch.map(toPayload), {
      idempotencyKey: requestKey,
      batchValidation: "permissive",
      // The client has no time-out of its own.
      signal: AbortSignal.timeout(answerWithinMs),
    } as Parameters<typeof client.batch.send>[1]);
    if (error) {
      const result = isAboutContent(error)
        ? blameContent(batch, error.message)
        : { ...explain(error, headers), error: `Resend: ${error.message}` };
      return batch.map(({ messageId }) => ({ messageId, ...result }));
    }
    return readAnswer(batch, data);
  }

  return {
    name: "resend",
    channel: "email",
    batchSize,
    callsAtOnce: 5,
    recognises: "requests",
    requestsPerSecond,
    timeoutMs: 25_000,
    send,
    lookUp: (sought, asking) => lookUpAtResend(client.emails, sought, asking),
    listTaken: (after, heardAt) => listTakenByResend(client.emails, after, heardAt),
  };
}

const toPayload = ({ messageId, to, fromAddress, fromName, subject, html, text, headers }: Outgoing) => ({
  from: senderLine(fromName, fromAddress),
  to: [mailAddress(to) ?? to],
  subject,
  html,
  text,
  headers,
  // Comes back with every event, also where the answer to this request was lost.
  tags: [{ name: "message_id", value: String(messageId) }],
});

type Answer = { data: { id: string }[]; errors?: { index: number; message: string }[] } | null;

/** The ids are those of the messages that were taken, in their order; the others are named by their place. */
function readAnswer(batch: Outgoing[], answer: Answer): SendResult[] {
  const refusals = new Map(answer?.errors?.map(({ index, message }) => [index, message]));
  const ids = answer?.data?.map(({ id }) => id) ?? [];
  if (ids.length + refusals.size !== batch.length) {
    const error = "Resend answered for another number of messages";
    return batch.map(({ messageId }) => ({ messageId, outcome: "unknown", error }));
  }
  const taken = ids.values();
  return batch.map(({ messageId }, index): SendResult => {
    const error = refusals.get(index);
    return error === undefined
      ? { messageId, outcome: "accepted", providerMessageId: taken.next().value ?? "" }
      : { messageId, outcome: "refused", error };
  });
}

/** Whether it is what the messages say that was refused, and not who sends them, how often, or under which key. */
const isAboutContent = ({ statusCode, name }: ErrorResponse) =>
  typeof statusCode === "number" &&
  [400, 413, 422].includes(statusCode) &&
  !/idempoten|api_key|from_address/.test(name);

/** Of several nobody knows which it is about: each is sent alone the next time. */
const blameContent = ({ length }: Outgoing[], error: string) =>
  length > 1 ? ({ outcome: "retry", error, afterMs: 0 } as const) : ({ outcome: "refused", error } as const);

type Headers = Record<string, string> | null;
type Explained = { outcome: "retry" | "unknown"; pause?: Pause; isAboutSender?: boolean };

/** What is surely not taken is told by a status of theirs: a gateway's answer has none, and may have let the call through. */
function explain({ statusCode, name }: ErrorResponse, headers: Headers): Explained {
  const seconds = Number(headers?.["retry-after"]);
  const afterMs = seconds > 0 ? seconds * 1000 : undefined;
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) {
    return { outcome: "unknown", pause: { cause: "unavailable", afterMs } };
  }
  if (/quota_exceeded/.test(name)) {
    return { outcome: "retry", pause: { cause: "quota_exceeded", afterMs } };
  }
  if (statusCode === 429) {
    return { outcome: "retry", pause: { cause: "rate_limited", afterMs } };
  }
  // The first call of this key is still being answered, or was another one.
  if (statusCode === 409 || statusCode === 408) {
    return { outcome: "unknown" };
  }
  const isAboutSender = /from_address/.test(name) || (statusCode === 403 && name === "validation_error");
  return { outcome: "retry", pause: { cause: "account_refused" }, ...(isAboutSender && { isAboutSender }) };
}
