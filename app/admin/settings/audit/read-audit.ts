import type { AuditRow } from "#components/audit/audit-row";
import type { Db } from "#db/client";
import { listAuditEvents } from "#db/queries/audit-log";
import type { Clock } from "#lib/clock";
import { dayAndTime } from "#lib/format-time";
import { type AuditQuery, olderAddress, toFilter } from "./audit-filter.ts";
import { describeAct } from "./describe-act.ts";
import { listChanges } from "./list-changes.ts";

const pageSize = 50;

export async function readAudit(db: Db, query: AuditQuery, { now, timeZone }: Clock) {
  const stored = await listAuditEvents(db, toFilter(query, timeZone), pageSize + 1);
  const rows = stored.slice(0, pageSize).map(
    ({ id, actor, actorId, ip, before, after, createdAt, ...act }): AuditRow => ({
      ...{ id, ip },
      at: dayAndTime(new Date(createdAt), now, timeZone, { withSeconds: true }),
      actor: actorId === null ? "The app, or the command line" : (actor ?? `Person ${actorId}`),
      ...describeAct(act),
      changes: listChanges(before, after),
    }),
  );
  const last = rows.at(-1);
  return { rows, older: stored.length > pageSize && last ? olderAddress(query, last.id) : null };
}
