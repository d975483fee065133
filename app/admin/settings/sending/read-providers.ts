import type { ProviderState } from "#components/settings/provider-list";
import { readQueueState } from "#db/queries/health";
import { listPausedAccounts } from "#db/queries/provider-accounts";
import { type Env, getEnv } from "#env";
import type { Clock } from "#lib/clock";
import { dayAndTime } from "#lib/format-time";
import { getDb } from "../../../_server/db.ts";

const names = {
  outbox: "Outbox: messages are stored and can be read here, and nothing leaves the machine",
  smtp: "A mail server (SMTP)",
  resend: "Resend",
  twilio: "Twilio",
};

/** How each channel's provider is doing, for whoever set it up. Of its keys nothing is told but whether one is there. */
export async function readProviders({ now, timeZone }: Clock): Promise<ProviderState[]> {
  const db = getDb();
  const [paused, queue] = await Promise.all([listPausedAccounts(db, now), readQueueState(db, now)]);
  const env = getEnv();
  const state = (channel: "email" | "sms"): Pick<ProviderState, "state" | "tone" | "detail"> => {
    const pause = paused.find((account) => account.channel === channel);
    if (queue === "unknown") {
      return { state: "No worker", tone: "bad", detail: "Nothing is sent until a worker runs." };
    }
    return pause?.until
      ? {
          ...{ state: "Paused", tone: "bad" },
          detail: `Tried again ${dayAndTime(pause.until, now, timeZone)}. ${pause.error ?? ""}`.trim(),
        }
      : { state: "Ready", tone: "good", detail: null };
  };
  return [
    { channel: "Email", provider: names[env.EMAIL_PROVIDER], events: tellEmailEvents(env), ...state("email") },
    { channel: "Text messages", provider: names[env.SMS_PROVIDER], events: tellSmsEvents(env), ...state("sms") },
  ];
}

function tellEmailEvents({ EMAIL_PROVIDER, RESEND_WEBHOOK_SECRET }: Env): string | null {
  if (EMAIL_PROVIDER === "outbox") {
    return null;
  }
  if (EMAIL_PROVIDER === "smtp") {
    return "A mail server tells nothing of what became of messages: they stay “sent”.";
  }
  return RESEND_WEBHOOK_SECRET
    ? "What became of messages is told by the provider."
    : "What became of messages is not told: RESEND_WEBHOOK_SECRET is not set.";
}

const tellSmsEvents = ({ SMS_PROVIDER }: Env) =>
  SMS_PROVIDER === "twilio" ? "What became of messages is told by the provider." : null;
