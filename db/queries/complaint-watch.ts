import { sql } from "drizzle-orm";
import type { OutcomeReason } from "#lib/outcome-reasons";
import { one } from "#lib/rows";
import { ringBell } from "../bells.ts";
import { type Db, type Tx, withTransaction } from "../client.ts";
import { complaintWatch } from "../schema/index.ts";
import { insertAuditEvent } from "./audit.ts";

/** Why advertising that is due waits while it is paused. */
export const pauseReason: OutcomeReason = "complaint_pause";

export const readComplaintWatch = async (db: Db) => one(await db.select().from(complaintWatch));

type Figure = { percent: number; readOn: string };

/** What an admin read in Google's Postmaster Tools; it takes the place of the figure before. */
export async function recordPostmasterFigure(tx: Tx, { percent, readOn }: Figure, actorId: number): Promise<void> {
  const { postmasterPercent, postmasterReadOn } = await readComplaintWatch(tx);
  await tx.update(complaintWatch).set({ postmasterPercent: percent, postmasterReadOn: readOn });
  await writeAudit(tx, actorId, "complaints.postmaster_figure", {
    before: { percent: postmasterPercent, readOn: postmasterReadOn },
    after: { percent, readOn },
  });
}

/**
 * Lets advertising leave by email again, at once. What was counted before is forgotten, and so is Google's figure: they
 * would stop it again, whatever the gym has changed. False when somebody else has done so before.
 */
export function resumeMarketing(db: Db, { actorId, now }: { actorId: number; now: Date }): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const [before] = await tx.select().from(complaintWatch).for("update");
    if (!before?.pausedAt) {
      return false;
    }
    const anew = { complaints: 0, sends: 0, countedAt: null, postmasterPercent: null, postmasterReadOn: null };
    await tx.update(complaintWatch).set({ pausedAt: null, resumedAt: now, ...anew });
    await tx.execute(sql`
      update communication_logs set due_at = ${now}::timestamptz, reason = null
      where channel = 'email' and due_at is not null and reason = ${pauseReason}`);
    const { pausedAt, complaints, sends, postmasterPercent } = before;
    await writeAudit(tx, actorId, "complaints.marketing_resumed", {
      before: { pausedAt, complaints, sends, postmasterPercent },
    });
    await ringBell(tx, "deliver");
    return true;
  });
}

const writeAudit = (tx: Tx, actorId: number, action: string, change: { before?: object; after?: object }) =>
  insertAuditEvent(tx, { actorId, action, subjectType: "complaint_watch", subjectId: 1, ...change });
