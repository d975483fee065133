import type { Db } from "../client.ts";
import { auditEvents } from "../schema/index.ts";

type NewAuditEvent = {
  actorId: number | null;
  action: string;
  subjectType: string;
  /** Null where it is about many. */
  subjectId: number | null;
  before?: unknown;
  after?: unknown;
};

/** Written in the transaction of what it tells about. */
export async function insertAuditEvent(db: Db, event: NewAuditEvent) {
  await db.insert(auditEvents).values(event);
}
