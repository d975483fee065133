import type { Env } from "#env";
import type { Provider } from "../provider.ts";
import { createOutbox } from "./outbox.ts";
import { createResend } from "./resend.ts";
import { createSmtp } from "./smtp.ts";
import { createTwilio } from "./twilio.ts";

/** The ways out that the environment names; it was checked to have what they need. Chosen once, at start. */
export function chooseProviders(env: Env): { email: Provider; sms: Provider } {
  const createEmail = {
    outbox: () => createOutbox("email"),
    smtp: () => createSmtp({ url: env.SMTP_URL ?? "" }),
    resend: () =>
      createResend({
        apiKey: env.RESEND_API_KEY ?? "",
        baseUrl: env.RESEND_BASE_URL,
        requestsPerSecond: env.RESEND_REQUESTS_PER_SECOND,
      }),
  };
  const createSms = {
    outbox: () => createOutbox("sms"),
    twilio: () =>
      createTwilio({
        accountSid: env.TWILIO_ACCOUNT_SID ?? "",
        authToken: env.TWILIO_AUTH_TOKEN ?? "",
        from: env.TWILIO_FROM ?? "",
        baseUrl: env.TWILIO_BASE_URL,
        // Nobody can call a machine that is only here.
        statusCallback: env.APP_URL.startsWith("https:")
          ? (messageId) => new URL(`/api/webhooks/twilio?message=${messageId}`, env.APP_URL).href
          : undefined,
      }),
  };
  return { email: createEmail[env.EMAIL_PROVIDER](), sms: createSms[env.SMS_PROVIDER]() };
}
