import { getEnv } from "#env";
import { AppError } from "#lib/errors";
import { parseTwilioEvent } from "#messaging/events/parse-twilio-event";
import { recordEvent } from "#messaging/events/record-event";
import { isSignedByTwilio } from "#messaging/events/twilio-signature";
import { getDb } from "../../../_server/db.ts";
import { defineWebhook } from "../../../_server/webhook.ts";

/** As Twilio was told it: behind a proxy the request's own host and protocol may be others. */
const ownAddress = ({ url }: Request) => new URL(`/api/webhooks/twilio${new URL(url).search}`, getEnv().APP_URL);

export const POST = defineWebhook({
  provider: "twilio",
  secretOf: ({ TWILIO_AUTH_TOKEN }) => TWILIO_AUTH_TOKEN,
  isSigned: (token, request, body) =>
    isSignedByTwilio(token, ownAddress(request), request.headers.get("x-twilio-signature"), body),
  receive: async (request, body) => {
    const now = new Date();
    const event = parseTwilioEvent(body, ownAddress(request).searchParams.get("message"), now);
    if (!event) {
      throw new AppError("bad_request", "This is not an event.");
    }
    await recordEvent(getDb(), event, { now });
  },
});
