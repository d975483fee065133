import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { suppressRecipients } from "../suppress-recipients.ts";
import type { ReadyEvent } from "./apply-events.ts";
import { suppressSoftBounces } from "./suppress-soft-bounces.ts";

/** Stops the addresses that these events speak against: for good, or when they do so too often. */
export async function suppressAfter(tx: Tx, events: ReadyEvent[]): Promise<void> {
  const about = events.filter(({ addressHash }) => addressHash !== null);
  const lasting = about.flatMap(({ messageId, suppression }) =>
    suppression ? [{ messageId, reason: suppression }] : [],
  );
  const soft = about.filter(({ type }) => type === "soft_bounced");
  const concerned = about.filter(({ suppression, type }) => suppression !== null || type === "soft_bounced");
  await lockAddresses(
    tx,
    concerned.map((event) => event.addressHash),
  );
  await suppressRecipients(tx, lasting);
  await suppressSoftBounces(
    tx,
    soft.map((event) => event.addressHash),
  );
}

/** Two soft bounces of an address at once would each not see the other, and neither be the fifth. */
async function lockAddresses(tx: Tx, hashes: (string | null)[]) {
  if (hashes.length > 0) {
    await tx.execute(sql`
      select pg_advisory_xact_lock(hashtextextended(address.hash, 0))
      from (select distinct hash from unnest(${sql.param(hashes)}::text[]) hash order by hash) address`);
  }
}
