import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { addDays } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import { zonedInstant } from "#lib/zoned-instant";
import type { DueMessage } from "./claim-messages.ts";

/** At most so many in a day, and in seven; null or 0 sets no limit. */
export type Caps = { dailyCap: number | null; weeklyCap: number | null };

type Counts = { id: number; today: number; week: number };

/**
 * Those of the advertising by email and SMS that would be one too many, by the gym's calendar days. What left counts, or
 * may have left, to the member and to the address: a couple that shares one has one mailbox. Within the batch the first
 * come first; call it with the readers locked.
 */
export async function findCapped(
  tx: Tx,
  messages: DueMessage[],
  { dailyCap, weeklyCap }: Caps,
  clock: Clock,
): Promise<Set<number>> {
  // What was tried has had its place already.
  const advertising = messages.filter(({ class: kind, firstTriedAt }) => kind === "marketing" && firstTriedAt === null);
  if ((!dailyCap && !weeklyCap) || advertising.length === 0) {
    return new Set();
  }
  const counts = new Map((await countHandedOver(tx, advertising, clock)).map((row) => [row.id, row]));
  const capped = new Set<number>();
  const going = new Map<string, Set<number>>();
  for (const message of advertising) {
    const { today = 0, week = 0 } = counts.get(message.id) ?? {};
    const keys = [`member ${message.memberId}`, `address ${message.address?.toLowerCase()}`];
    const beside = new Set(keys.flatMap((key) => [...(going.get(key) ?? [])])).size;
    if ((dailyCap && today + beside >= dailyCap) || (weeklyCap && week + beside >= weeklyCap)) {
      capped.add(message.id);
    } else {
      for (const key of keys) {
        going.set(key, (going.get(key) ?? new Set()).add(message.id));
      }
    }
  }
  return capped;
}

/** How much advertising left, or may have, to the reader and the address of each message: today, and in seven gym days. */
export async function countHandedOver(tx: Tx, messages: DueMessage[], { today, timeZone }: Clock): Promise<Counts[]> {
  const startOfToday = zonedInstant(today, 0, timeZone);
  const startOfWeek = zonedInstant(addDays(today, -6), 0, timeZone);
  // Of a member's own messages the class is asked such that the index of addresses does not look made for it: while that is
  // small, it would be read from end to end for each of them.
  const left = (kind: SQL) => sql`
    ${kind} = 'marketing' and h.channel <> 'in_app' and h.first_tried_at >= ${startOfWeek}::timestamptz
    and h.status not in ('failed', 'skipped', 'cancelled')`;
  const { rows } = await tx.execute<Counts>(sql`
    select g.id, counted.today, counted.week
    from unnest(
      ${sql.param(messages.map(({ id }) => id))}::bigint[],
      ${sql.param(messages.map(({ memberId }) => memberId))}::bigint[],
      ${sql.param(messages.map(({ address }) => address?.toLowerCase() ?? null))}::text[]
    ) as g (id, member_id, address)
    cross join lateral (
      select count(*) filter (where tried.first_tried_at >= ${startOfToday}::timestamptz)::int as today, count(*)::int as week
      from (
        select h.id, h.first_tried_at from communication_logs h where h.member_id = g.member_id and ${left(sql`h.class || ''`)}
        union
        select h.id, h.first_tried_at from communication_logs h where lower(h.recipient) = g.address and ${left(sql`h.class`)}
      ) tried
    ) counted`);
  return rows;
}
