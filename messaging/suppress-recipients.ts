import { sql } from "drizzle-orm";
import { addressHash } from "#db/address-hash";
import type { Tx } from "#db/client";
import { recordConsents } from "#db/queries/consent";

type LastingReason = "bounced" | "requested" | "complained";

/**
 * Stops the addresses that these messages went to, for good: they are not written to again by any workflow, whoever has
 * them. Only a person can lift that; a later delivery does not.
 */
export async function suppressRecipients(
  tx: Tx,
  stopped: { messageId: number; reason: LastingReason }[],
): Promise<void> {
  if (stopped.length === 0) {
    return;
  }
  await recordRefusals(
    tx,
    stopped.flatMap(({ messageId, reason }) => (reason === "requested" ? [messageId] : [])),
  );
  await tx.execute(sql`
    insert into suppressions as known (channel, address_hash, reason)
    select distinct m.channel, ${addressHash(sql`m.recipient`)} as hash, stopped.reason
    from unnest(${sql.param(stopped.map(({ messageId }) => messageId))}::bigint[],
                ${sql.param(stopped.map(({ reason }) => reason))}::text[]) as stopped (message_id, reason)
    join communication_logs m on m.id = stopped.message_id and m.channel in ('email', 'sms')
    where m.recipient is not null
    order by channel, hash, reason
    on conflict (channel, address_hash, reason) do update set until = null where known.until is not null`);
}

/** Who asked their provider for that has refused advertising by this channel: their own page has to say so. */
async function recordRefusals(tx: Tx, messageIds: number[]) {
  const { rows } = await tx.execute<{ memberId: number; channel: "email" | "sms" }>(sql`
    select distinct m.member_id as "memberId", m.channel
    from communication_logs m join users u on u.id = m.member_id and u.erased_at is null
    where m.id = any(${sql.param(messageIds)}::bigint[]) and m.channel in ('email', 'sms')`);
  const refusal = { class: "marketing", isGranted: false, source: "stop" } as const;
  await recordConsents(
    tx,
    rows.map((row) => ({ ...row, ...refusal })),
    { keepRefusals: false },
  );
}
