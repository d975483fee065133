import { type Db, withTransaction } from "#db/client";
import { claimDigests } from "#db/queries/digests";
import { collectDigests } from "#engine/collect-digests";
import type { Clock } from "#lib/clock";
import { queueDigests } from "#messaging/queue-digests";

/**
 * Queues the digest of everybody of the staff whose is due at the clock. Any number of workers may do so at once: whose
 * digest of a day is done with, and its message, are written by one transaction. Answers how many there are.
 */
export function sendDigests(db: Db, clock: Clock, appUrl: string): Promise<number> {
  return withTransaction(db, async (tx) => {
    const recipients = await claimDigests(tx, clock.now);
    const contents = await collectDigests(
      tx,
      recipients.map(({ userId }) => userId),
      clock,
    );
    const digests = recipients.flatMap((recipient) => {
      const content = contents.get(recipient.userId);
      return content ? [{ ...recipient, ...content }] : [];
    });
    await queueDigests(tx, digests, clock, appUrl);
    return digests.length;
  });
}
