import { readClock } from "#engine/clock";
import { reconcileNightly } from "#messaging/reconcile";
import type { Work } from "./processors.ts";

/** Once a night: what became of messages of which their providers told nothing. */
export async function reconcileProviders({ db, log, email, sms, shouldStop }: Work): Promise<void> {
  for (const provider of [email, sms]) {
    const news = await reconcileNightly(db, provider, await readClock(db), { shouldStop });
    if (news) {
      log.warn({ provider: provider.name, news }, "the provider knew of messages what its webhooks had not told us");
    }
  }
}
