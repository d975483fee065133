import type { MessageLinks } from "./fill-messages.ts";
import { signUnsubscribeToken } from "./unsubscribe-token.ts";

/** The links that messages carry. They are made from the configured address alone, never from a request. */
export function createMessageLinks({ APP_URL, AUTH_SECRET }: { APP_URL: string; AUTH_SECRET: string }): MessageLinks {
  const appUrl = new URL(APP_URL).origin;
  return {
    appUrl,
    unsubscribeUrl: (memberId) => `${appUrl}/unsubscribe/${signUnsubscribeToken(memberId, AUTH_SECRET)}`,
  };
}
