import { z } from "zod";
import { mapAtOnce } from "#lib/map-at-once";
import type { Outgoing, Pause, Provider, SendResult } from "../provider.ts";
import { lookUpAtTwilio } from "./twilio-history.ts";

type Options = {
  accountSid: string;
  authToken: string;
  /** A number of ours, or a messaging service (`MG…`). */
  from: string;
  baseUrl?: string;
  /** Where it tells what became of a message. */
  statusCallback?: (messageId: number) => string;
};

const answerWithinMs = 10_000;
/** A message that is begun later than this into a call could outlast the call. */
const beginWithinMs = 10_000;
const requestsAtOnce = 10;

/** Failures to even reach it: whatever was to be sent has not left. */
const unreached = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

const taken = z.object({ sid: z.string() });
const refusal = z.object({ message: z.string(), code: z.number().optional() });

/** The person answered STOP to this number. */
const unsubscribed = 21610;
/**
 * What is about one recipient or one text: no number, none that SMS reach, a country that is not allowed, too long, empty.
 * Everything else that it refuses is about the account or its sender, and would be refused for all.
 */
const aboutMessage = new Set([
  21211,
  21214,
  21217,
  21408,
  unsubscribed,
  21612,
  21614,
  21602,
  21617,
  21635,
  30003,
  30004,
  30005,
  30006,
]);

/** Twilio's messages over HTTP, one request each. It recognises nothing that it was handed before. */
export function createTwilio({ accountSid, authToken, from, baseUrl, statusCallback }: Options): Provider {
  const url = `${baseUrl ?? "https://api.twilio.com"}/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  const sender = from.startsWith("MG") ? "MessagingServiceSid" : "From";

  async function sendOne({ messageId, to, text }: Outgoing, until: number): Promise<SendResult> {
    if (Date.now() > until) {
      return {
        messageId,
        outcome: "retry",
        error: "Twilio was too slow to begin with this one",
        afterMs: 0,
        isUntried: true,
      };
    }
    const body = new URLSearchParams({ To: to, Body: text, [sender]: from });
    if (statusCallback) {
      body.set("StatusCallback", statusCallback(messageId));
    }
    try {
      const signal = AbortSignal.timeout(answerWithinMs);
      const response = await fetch(url, { method: "POST", headers: { authorization }, body, signal });
      const answer: unknown = await response.json().catch(() => null);
      const accepted = response.ok ? taken.safeParse(answer) : undefined;
      if (accepted?.success) {
        return { messageId, outcome: "accepted", providerMessageId: accepted.data.sid };
      }
      const { message = `it answered ${response.status}`, code } = refusal.safeParse(answer).data ?? {};
      const error = `Twilio: ${message}`;
      if (code !== undefined && aboutMessage.has(code)) {
        return { messageId, outcome: "refused", error, ...(code === unsubscribed && { suppress: "requested" }) };
      }
      return { messageId, error, ...explain(response) };
    } catch (error) {
      const { message, cause } = error as Error & { cause?: { code?: string } };
      const isUnreached = unreached.has(cause?.code ?? "");
      const pause: Pause = { cause: "unavailable" };
      return { messageId, outcome: isUnreached ? "retry" : "unknown", error: `Twilio: ${message}`, pause };
    }
  }

  return {
    name: "twilio",
    channel: "sms",
    batchSize: 50,
    recognises: "nothing",
    timeoutMs: 25_000,
    send(batch, _requestKey, report) {
      const until = Date.now() + beginWithinMs;
      return mapAtOnce(batch, requestsAtOnce, async (message) => {
        const result = await sendOne(message, until);
        report?.(result);
        return result;
      });
    },
    lookUp(sought, asking) {
      const signal = AbortSignal.timeout(answerWithinMs);
      return lookUpAtTwilio(
        (search) => fetch(`${url}?${search}`, { headers: { authorization }, signal }),
        sought,
        asking,
      );
    },
  };
}

function explain({ status, headers }: Response): { outcome: "retry" | "unknown"; pause?: Pause } {
  if (status === 429) {
    const seconds = Number(headers.get("retry-after"));
    return { outcome: "retry", pause: { cause: "rate_limited", afterMs: seconds > 0 ? seconds * 1000 : undefined } };
  }
  return status >= 400 && status < 500 && status !== 408
    ? { outcome: "retry", pause: { cause: "account_refused" } }
    : { outcome: "unknown", pause: { cause: "unavailable" } };
}
