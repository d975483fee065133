import { sql } from "drizzle-orm";
import { plainAddress } from "#lib/plain-address";
import { addressHash } from "../address-hash.ts";
import type { Db } from "../client.ts";
import { dialledNumber } from "../dialled-number.ts";

export type ConsentWord = {
  channel: "email" | "sms" | "in_app";
  class: "marketing" | "service";
  isGranted: boolean;
  source: string;
  createdAt: string;
};

/** What a member said last of each channel and class that they said anything of. */
export async function listNewestConsents(db: Db, memberId: number): Promise<ConsentWord[]> {
  const { rows } = await db.execute<ConsentWord>(sql`
    select distinct on (channel, class) channel, class, is_granted as "isGranted", source, created_at as "createdAt"
    from consent_events where member_id = ${memberId} and class <> 'digest' order by channel, class, id desc`);
  return rows;
}

type Suppression = { channel: "email" | "sms"; reason: "bounced" | "complained" | "soft_bounces" | "requested" };

/** Of a member's addresses, those to which nothing is sent, and why: as delivery finds it. */
export async function listSuppressionsOf(
  db: Db,
  { email, phone }: { email: string | null; phone: string | null },
  now: Date,
): Promise<Suppression[]> {
  const mailHash = email ? addressHash(sql`${plainAddress(email)}::text`) : sql`null`;
  const phoneHash = addressHash(dialledNumber(sql`${phone}::text`));
  const { rows } = await db.execute<Suppression>(sql`
    select channel, reason from suppressions
    where ((channel = 'email' and address_hash = ${mailHash}) or (channel = 'sms' and address_hash = ${phoneHash}))
      and (until is null or until > ${now}::timestamptz)
    order by channel, reason`);
  return rows;
}
