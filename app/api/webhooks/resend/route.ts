import { AppError } from "#lib/errors";
import { parseResendEvent } from "#messaging/events/parse-resend-event";
import { recordEvent } from "#messaging/events/record-event";
import { isSignedByResend, standardHeader } from "#messaging/events/resend-signature";
import { getDb } from "../../../_server/db.ts";
import { defineWebhook } from "../../../_server/webhook.ts";

export const POST = defineWebhook({
  provider: "resend",
  secretOf: ({ RESEND_WEBHOOK_SECRET }) => RESEND_WEBHOOK_SECRET,
  isSigned: (secrets, { headers }, body) => isSignedByResend(secrets, headers, body),
  receive: async ({ headers }, body) => {
    const event = parseResendEvent(standardHeader(headers, "id") ?? "", body);
    if (!event) {
      throw new AppError("bad_request", "This is not an event.");
    }
    await recordEvent(getDb(), event, { now: new Date() });
  },
});
