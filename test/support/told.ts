import { eq, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { communicationLogs } from "#db/schema/index";
import { one } from "#lib/rows";
import { parseResendEvent } from "#messaging/events/parse-resend-event";
import { recordEvent } from "#messaging/events/record-event";
import { clockAt } from "./factories.ts";
import { resendBody } from "./webhooks.ts";

/** When the messages of these tests leave. */
export const clock = clockAt("2026-11-22");
export const after = (seconds: number) => ({ ...clock, now: new Date(clock.now.getTime() + seconds * 1_000) });

export type Message = typeof communicationLogs.$inferSelect;

let count = 0;

/** An email that left at the clock. */
export async function createSent(
  db: Db,
  message: Partial<typeof communicationLogs.$inferInsert> = {},
): Promise<Message> {
  count++;
  const defaults = {
    channel: "email",
    class: "marketing",
    status: "sent",
    recipient: `m${count}@example.com`,
  } as const;
  const left = { queuedAt: clock.now, firstTriedAt: clock.now, sentAt: clock.now, providerMessageId: `p-${count}` };
  return one(
    await db
      .insert(communicationLogs)
      .values({ ...defaults, ...left, ...message })
      .returning(),
  );
}

export type Told = { to?: string[]; at?: number; emailId?: string; data?: Record<string, unknown> };

/** Resend tells of it so many seconds after it left; at that instant, too. */
export function tell(db: Db, type: string, message: Message, { to, at = 60, emailId, data }: Told = {}) {
  count++;
  const body = resendBody(`email.${type}`, {
    emailId: emailId ?? message.providerMessageId ?? "",
    to: to ?? [message.recipient ?? ""],
    at: after(at).now,
    data,
  });
  const event = parseResendEvent(`evt-${count}`, body);
  if (!event) {
    throw new Error("not an event");
  }
  return recordEvent(db, event, after(at));
}

export const bounce = (type: string) => ({ bounce: { type, message: "550 5.1.1 no such user" } });

export const statusOf = async (db: Db, { id }: Message) =>
  one(await db.select().from(communicationLogs).where(eq(communicationLogs.id, id)));

/** Addresses that messages went to and that are stopped now, with why. */
export const suppressed = (db: Db) =>
  db
    .execute<{ address: string; reason: string; until: string | null }>(sql`
      select m.recipient as address, s.reason, s.until from suppressions s
      left join communication_logs m on encode(sha256(convert_to(lower(m.recipient), 'UTF8')), 'hex') = s.address_hash
      group by 1, 2, 3 order by 1`)
    .then(({ rows }) => rows.map(({ address, reason }) => [address, reason]));
