import { sql } from "drizzle-orm";
import { addressHash } from "#db/address-hash";
import type { Tx } from "#db/client";
import { recordConsents } from "#db/queries/consent";

/** What ends of itself gives way to what does not, and a bounce to what a person wants. */
const ranks = ["soft_bounces", "bounced", "requested", "complained"] as const;

type LastingReason = Exclude<(typeof ranks)[number], "soft_bounces">;

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
  const order = sql.param([...ranks]);
  await tx.execute(sql`
    insert into suppressions as known (channel, address_hash, reason)
    select distinct on (m.channel, address.hash) m.channel, address.hash, stopped.reason
    from unnest(${sql.param(stopped.map(({ messageId }) => messageId))}::bigint[],
                ${sql.param(stopped.map(({ reason }) => reason))}::text[]) as stopped (message_id, reason)
    join communication_logs m on m.id = stopped.message_id and m.channel in ('email', 'sms')
    cross join lateral (select ${addressHash(sql`m.recipient`)} as hash) address
    where m.recipient is not null
    order by m.channel, address.hash, array_position(${order}::text[], stopped.reason) desc
    on conflict (channel, address_hash) do update set reason = excluded.reason, until = null
    where known.until is not null
       or array_position(${order}::text[], known.reason) < array_position(${order}::text[], excluded.reason)`);
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
