import { Webhook, WebhookVerificationError } from "standardwebhooks";

/** Resend signs with Svix, whose headers had their names before the standard did. */
export const standardHeader = (headers: Headers, name: "id" | "timestamp" | "signature") =>
  headers.get(`webhook-${name}`) ?? headers.get(`svix-${name}`);

/**
 * Whether a body was signed with one of the secrets in the last five minutes, or will have been in the next five. It may
 * be a repetition all the same.
 */
export function isSignedByResend(secrets: string[], headers: Headers, body: string): boolean {
  const signed = Object.fromEntries(
    (["id", "timestamp", "signature"] as const).map((name) => [`webhook-${name}`, standardHeader(headers, name) ?? ""]),
  );
  return secrets.some((secret) => verifies(new Webhook(secret), signed, body));
}

function verifies(webhook: Webhook, signed: Record<string, string>, body: string): boolean {
  try {
    webhook.verify(body, signed, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) {
      return false;
    }
    throw error;
  }
}
