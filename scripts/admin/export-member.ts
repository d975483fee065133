import { type Db, withTransaction } from "#db/client";
import { readClock } from "#engine/clock";
import { exportMember } from "#engine/privacy/export-member";
import { requireMember } from "./name-member.ts";

/** All that is stored about a member, as JSON that people can read. */
export async function exportNamed(db: Db, name: string): Promise<string> {
  const memberId = await requireMember(db, "MEMBER", name);
  const clock = await readClock(db);
  const told = await withTransaction(db, (tx) => exportMember(tx, memberId, null, clock));
  return JSON.stringify(told, null, 2);
}
