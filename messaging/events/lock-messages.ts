import { sql } from "drizzle-orm";
import { addressHash } from "#db/address-hash";
import type { Tx } from "#db/client";
import type { communicationLogs } from "#db/schema/index";

export type LockedMessage = Pick<
  typeof communicationLogs.$inferSelect,
  "id" | "channel" | "memberId" | "status" | "recipient"
> & {
  addressHash: string | null;
  firstTriedAt: string | null;
};

/**
 * Those of the messages that no worker is handing over right now: what becomes of such a one is that worker's to write. Who
 * holds other messages already must not wait for one: those that others hold are left out, then.
 */
export async function lockMessages(
  tx: Tx,
  ids: number[],
  { mayWait }: { mayWait: boolean },
): Promise<Map<number, LockedMessage>> {
  const { rows } = await tx.execute<LockedMessage>(sql`
    select m.id, m.channel, m.member_id as "memberId", m.status, m.recipient, ${addressHash(sql`m.recipient`)} as "addressHash",
           m.first_tried_at as "firstTriedAt"
    from communication_logs m
    where m.id = any(${sql.param(ids)}::bigint[])
      and not (m.status = 'queued' and m.lease_until is not null and m.lease_until > clock_timestamp())
    order by m.id for no key update ${mayWait ? sql`` : sql`skip locked`}`);
  return new Map(rows.map((row) => [row.id, row]));
}
