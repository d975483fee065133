import { sql } from "drizzle-orm";
import { addressHash } from "#db/address-hash";
import type { Tx } from "#db/client";
import { dialledNumber } from "#db/dialled-number";
import { type NewConsent, recordConsents } from "#db/queries/consent";
import { plainAddress } from "#lib/plain-address";
import type { People } from "./merge-identity.ts";

/**
 * The stricter will wins: a no of either stays one, and a yes counts where the survivor never said anything. Who asked that
 * nothing go to an address that is given up here means every address of theirs.
 */
export async function mergeWill(tx: Tx, { kept, dropped }: People): Promise<void> {
  const { rows: said } = await tx.execute<NewConsent>(sql`
    select distinct on (channel, class) ${kept.id}::bigint as "memberId", channel, class, is_granted as "isGranted", source, wording
    from consent_events where member_id = ${dropped.id} order by channel, class, id desc`);
  const givenUp = sql`
    select 'email' as channel, ${emailHash(dropped.email)} as hash where ${emailHash(kept.email)} <> ${emailHash(dropped.email)}
    union all
    select 'sms', ${phoneHash(dropped.phone)} where ${phoneHash(kept.phone)} <> ${phoneHash(dropped.phone)}`;
  const { rows: stopped } = await tx.execute<Pick<NewConsent, "channel" | "class">>(sql`
    select s.channel, class from suppressions s cross join unnest(array['marketing', 'service']) as class
    where s.reason in ('requested', 'complained') and (s.channel, s.address_hash) in (${givenUp})`);
  const refusals = stopped.map(
    (stop): NewConsent => ({ ...stop, memberId: kept.id, isGranted: false, source: "merge", wording: null }),
  );
  const isRefused = ({ channel, class: kind }: NewConsent) =>
    refusals.some((refusal) => refusal.channel === channel && refusal.class === kind);
  await recordConsents(tx, [...said.filter((consent) => !isRefused(consent)), ...refusals], { keepRefusals: true });
}

const emailHash = (email: string | null) => addressHash(sql`${email && plainAddress(email)}::text`);
const phoneHash = (phone: string | null) => addressHash(dialledNumber(sql`${phone}::text`));
