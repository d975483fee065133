import type { Env } from "#env";
import type { Provider } from "../provider.ts";
import { createOutbox } from "./outbox.ts";

/** The ways out that the environment names. Chosen once, at start. */
export function chooseProviders({ EMAIL_PROVIDER }: Env): { email: Provider; sms: Provider } {
  const createEmail = { outbox: () => createOutbox("email") };
  const createSms = { outbox: () => createOutbox("sms") };
  return { email: createEmail[EMAIL_PROVIDER](), sms: createSms.outbox() };
}
