import { and, gt, isNotNull } from "drizzle-orm";
import type { Db } from "../client.ts";
import { providerAccounts } from "../schema/index.ts";

/** The channels that hand nothing over at this instant, and why. */
export function listPausedAccounts(db: Db, now: Date) {
  return db
    .select({
      channel: providerAccounts.channel,
      cause: providerAccounts.pauseCause,
      error: providerAccounts.pauseError,
      since: providerAccounts.failingSince,
      until: providerAccounts.pausedUntil,
    })
    .from(providerAccounts)
    .where(and(gt(providerAccounts.pausedUntil, now), isNotNull(providerAccounts.failingSince)))
    .orderBy(providerAccounts.channel);
}
