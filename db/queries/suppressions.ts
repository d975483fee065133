import { sql } from "drizzle-orm";
import { plainAddress } from "#lib/plain-address";
import { addressHash } from "../address-hash.ts";
import type { Db, Tx } from "../client.ts";
import { dialledNumber } from "../dialled-number.ts";

const given = (address: string) => addressHash(sql`${plainAddress(address)}::text`);

/** No more email to an address, whoever's it is, because somebody there asked for it. */
export async function stopAddress(tx: Tx, address: string): Promise<void> {
  await tx.execute(sql`
    insert into suppressions (channel, address_hash, reason) values ('email', ${given(address)}, 'requested')
    on conflict (channel, address_hash, reason) do update set until = null`);
}

/** Whether somebody asked for that. */
export async function isAddressStopped(db: Db, address: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from suppressions where channel = 'email' and reason = 'requested' and until is null and address_hash = ${given(address)}`);
  return rows.length > 0;
}

/** Takes such a wish back, and nothing that mail services told us. */
export async function resumeAddress(tx: Tx, address: string): Promise<void> {
  await tx.execute(sql`
    delete from suppressions
    where channel = 'email' and address_hash = ${given(address)} and reason = 'requested'`);
}

/** The same for a telephone number whose owner answered STOP. Their provider has to be told as well, by the owner. */
export async function resumeNumber(tx: Tx, phone: string): Promise<void> {
  await tx.execute(sql`
    delete from suppressions
    where channel = 'sms' and address_hash = ${addressHash(dialledNumber(sql`${phone}::text`))} and reason = 'requested'`);
}
