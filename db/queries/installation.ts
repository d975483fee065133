import { sql } from "drizzle-orm";
import { ringBell } from "../bells.ts";
import { type Db, withTransaction } from "../client.ts";
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

/** From now on this is the database that sends. */
export async function confirmCopy(db: Db, actorId: number | null): Promise<void> {
  await withTransaction(db, async (tx) => {
    await tx.execute(sql`
      update installation set identity = database_identity(), confirmed_at = clock_timestamp(), confirmed_by = ${actorId}`);
    await insertAuditEvent(tx, {
      actorId,
      action: "installation.confirmed",
      subjectType: "installation",
      subjectId: 1,
    });
    await ringBell(tx, "deliver");
  });
}
