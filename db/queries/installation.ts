import { sql } from "drizzle-orm";
import type { OutcomeReason } from "#lib/outcome-reasons";
import { ringBell } from "../bells.ts";
import { type Db, type Tx, withTransaction } from "../client.ts";
import { insertAuditEvent } from "./audit.ts";

/** Whether this database is a copy that nobody has said may send: what it owes may have been sent by the other one. */
export async function isUnconfirmedCopy(db: Db): Promise<boolean> {
  const { rows } = await db.execute<{ isCopy: boolean }>(sql`
    select identity <> database_identity() as "isCopy" from installation`);
  if (rows.length === 0) {
    await db.execute(sql`insert into installation (identity) values (database_identity()) on conflict do nothing`);
  }
  return rows[0]?.isCopy ?? false;
}

type Word = {
  actorId: number | null;
  /** Whether the other one went on sending after it was copied. */
  mayHaveSent: boolean;
  now: Date;
};

/** From now on this is the database that sends. What is due and may have left from the other one is a person's to decide. */
export async function confirmCopy(db: Db, { actorId, mayHaveSent, now }: Word): Promise<void> {
  await withTransaction(db, async (tx) => {
    await tx.execute(sql`
      update installation set identity = database_identity(), confirmed_at = clock_timestamp(), confirmed_by = ${actorId}`);
    const unconfirmed = mayHaveSent ? await leaveToAPerson(tx, now) : 0;
    await insertAuditEvent(tx, {
      actorId,
      action: "installation.confirmed",
      subjectType: "installation",
      subjectId: 1,
      after: { mayHaveSent, unconfirmed },
    });
    await ringBell(tx, "deliver");
  });
}

/** All that was held. The time at which it was due is when it may have left, and when it counts for the caps. */
async function leaveToAPerson(tx: Tx, now: Date): Promise<number> {
  const reason: OutcomeReason = "unknown_outcome";
  const { rowCount } = await tx.execute(sql`
    update communication_logs
    set status = 'unconfirmed', reason = ${reason}, first_tried_at = coalesce(first_tried_at, due_at), due_at = null,
        lease_token = null, lease_until = null
    where channel in ('email', 'sms') and due_at <= ${now}::timestamptz and (workflow_id is not null or class = 'digest')`);
  return rowCount ?? 0;
}
