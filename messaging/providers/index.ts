import type { Env } from "#env";
import type { Provider } from "../provider.ts";
import { createOutbox } from "./outbox.ts";

/** The email provider that the environment names. Chosen once, at start. */
export function chooseEmailProvider({ EMAIL_PROVIDER }: Env): Provider {
  const create = { outbox: createOutbox };
  return create[EMAIL_PROVIDER]();
}
