import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import nodemailer from "nodemailer";
import { mapAtOnce } from "#lib/map-at-once";
import { mailAddress } from "../addresses.ts";
import type { Outgoing, Provider, SendResult } from "../provider.ts";

type Options = { url: string; connections?: number };

const timeouts = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 8_000 };
/** A message that is begun later than this into a call could outlast the call. */
const beginWithinMs = 10_000;

/** Any mail server. It recognises nothing: where a connection is lost while the message goes over it, a person must decide. */
export function createSmtp({ url, connections = 10 }: Options): Provider {
  const { hostname } = new URL(url);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    // What a password or a member's mail travels over is encrypted, or it does not travel.
    requireTLS: !isLoopback,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  });
  /** By message id in the mail's headers: whether any of it was read, that is, sent, when it failed. */
  const streams = new Map<string, Readable>();
  transport.use("stream", (mail, done) => {
    const { message, data } = mail;
    const create = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const stream = create(options);
      streams.set(String(data.messageId), stream);
      return stream;
    };
    done();
  });

  async function sendOne(message: Outgoing, until: number): Promise<SendResult> {
    const { messageId } = message;
    const to = mailAddress(message.to);
    if (!to) {
      return { messageId, outcome: "refused", error: "Not an address that mail can be sent to" };
    }
    if (Date.now() > until) {
      const error = "The mail server was too slow to begin with this one";
      return { messageId, outcome: "retry", error, afterMs: 0, isUntried: true };
    }
    const id = mailId(message);
    try {
      const info = await transport.sendMail({
        from: { name: message.fromName, address: message.fromAddress },
        to: { name: "", address: to },
        subject: literalSubject(message.subject),
        html: message.html,
        text: message.text,
        headers: message.headers,
        messageId: id,
      });
      return { messageId, outcome: "accepted", providerMessageId: info.messageId };
    } catch (error) {
      return { messageId, ...explain(error as SmtpError, streams.get(id)?.readableDidRead ?? false) };
    } finally {
      streams.delete(id);
    }
  }

  return {
    name: "smtp",
    channel: "email",
    batchSize: 200,
    recognises: "nothing",
    timeoutMs: 20_000,
    send(batch, _requestKey, report) {
      const until = Date.now() + beginWithinMs;
      return mapAtOnce(batch, connections, async (message) => {
        const result = await sendOne(message, until);
        report?.(result);
        return result;
      });
    },
    close: () => transport.close(),
  };
}

/** Mail programs would show `=?utf-8?Q?Free?=` decoded: encoded once more, as all that is not ASCII is anyway, it stays as written. */
function literalSubject(subject: string): string {
  if (!subject.includes("=?") || /[^\x20-\x7e]/.test(subject)) {
    return subject;
  }
  const pieces = subject.match(/.{1,45}/g) ?? [];
  return pieces.map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString("base64")}?=`).join(" ");
}

/** Of the content, so that it says nothing about the database; the same for the same message. */
function mailId({ idempotencyKey, to, fromAddress, subject, text }: Outgoing): string {
  const hash = createHash("sha256").update([idempotencyKey, to, subject, text].join("\0")).digest("hex");
  return `<${hash.slice(0, 32)}@${fromAddress.split("@").at(-1)}>`;
}

type SmtpError = Error & { code?: string; command?: string; responseCode?: number };
type Explained = SendResult extends infer Result
  ? Result extends SendResult
    ? Omit<Result, "messageId">
    : never
  : never;

/** RFC 3463: more than the account may send. */
const isOverQuota = /\b[45]\.4\.5\b/;

/** RFC 3463: no such mailbox, system or address; a mailbox that has moved without saying where. */
const isNobody = /\b5\.1\.[1236]\b/;

/** `wasBegun`: some of the message was sent, so that without a reply nobody knows what became of it. */
function explain({ code, command, responseCode, message }: SmtpError, wasBegun: boolean): Explained {
  const error = `Mail server: ${message}`;
  if (command === "MAIL FROM" && responseCode && responseCode >= 500) {
    return { outcome: "retry", error, pause: { cause: "account_refused" }, isAboutSender: true };
  }
  // Refused before anything was said of this message: a greeting, a password, an encryption.
  const isAboutUs = responseCode && responseCode >= 500 && command !== "RCPT TO" && command !== "DATA";
  if (code === "EAUTH" || code === "ENOAUTH" || code === "ETLS" || isAboutUs) {
    return { outcome: "retry", error, pause: { cause: "account_refused" } };
  }
  if (responseCode && isOverQuota.test(message)) {
    return { outcome: "retry", error, pause: { cause: "quota_exceeded" } };
  }
  if (responseCode === 421) {
    return { outcome: "retry", error, pause: { cause: "unavailable" } };
  }
  if (responseCode) {
    return responseCode >= 500
      ? { outcome: "refused", error, ...(isNobody.test(message) && { suppress: "bounced" }) }
      : { outcome: "retry", error };
  }
  if (wasBegun) {
    return { outcome: "unknown", error };
  }
  return code === "EENVELOPE" || code === "EMESSAGE"
    ? { outcome: "refused", error }
    : { outcome: "retry", error, pause: { cause: "unavailable" } };
}
