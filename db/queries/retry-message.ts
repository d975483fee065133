import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { ringBell } from "../bells.ts";
import { type Db, withTransaction } from "../client.ts";
import { communicationLogs, messageBodies } from "../schema/index.ts";
import { insertAuditEvent } from "./audit.ts";

const messages = communicationLogs;

/** A link to sign in is dead by now, a digest's morning over, and a test is made anew. */
const isRetriable: SQL | undefined = and(
  eq(messages.status, "failed"),
  inArray(messages.class, ["marketing", "service"]),
  sql`${messages.runId} is not null`,
);

type Retry = { messageId: number; actorId: number; now: Date };

/**
 * Puts a message that failed, which is to say surely reached nobody, back among those that are due. All that is asked
 * before a message leaves is asked again. One that no provider ever took is made anew, since its address or its template
 * may have been put right; it keeps its key, so that it cannot go out beside itself. False when it is no failed one any more.
 */
export function retryMessage(db: Db, { messageId, actorId, now }: Retry): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const [failed] = await tx
      .select({
        reason: messages.reason,
        error: messages.errorMessage,
        isTaken: sql<boolean>`${messages.providerMessageId} is not null or ${messages.eventData} ? 'sent_again'`,
      })
      .from(messages)
      .where(and(eq(messages.id, messageId), isRetriable))
      .for("no key update");
    if (!failed) {
      return false;
    }
    if (!failed.isTaken) {
      await tx.delete(messageBodies).where(eq(messageBodies.messageId, messageId));
    }
    const again = { sent_again_at: now.toISOString() };
    const times = sql<number>`coalesce((${messages.eventData} ->> 'sent_again')::int, 0) + 1`;
    await tx
      .update(messages)
      .set({
        ...{ status: "queued", dueAt: now, reason: null, errorMessage: null, firstTriedAt: null, attempts: 0 },
        ...{ batchId: null, leaseToken: null, leaseUntil: null, sentAt: null, providerMessageId: null },
        ...(!failed.isTaken && { recipient: null }),
        // A provider that remembers what it took can be told the next try from it by how often there was one.
        eventData: failed.isTaken
          ? sql`${messages.eventData} || ${JSON.stringify(again)}::jsonb || jsonb_build_object('sent_again', ${times})`
          : sql`${messages.eventData} || ${JSON.stringify(again)}::jsonb`,
      })
      .where(eq(messages.id, messageId));
    await reopenStep(tx, messageId);
    await insertAuditEvent(tx, {
      actorId,
      action: "message.retried",
      subjectType: "message",
      subjectId: messageId,
      before: { status: "failed", reason: failed.reason, error: failed.error },
      after: { status: "queued" },
    });
    await ringBell(tx, "deliver");
    return true;
  });
}

/** The step waits for what becomes of its message, as it did at first. */
async function reopenStep(tx: Db, messageId: number) {
  await tx.execute(sql`
    update automation_logs l set outcome = 'queued', success = false, reason = null, error_message = null
    from ${messages} m
    where m.id = ${messageId} and l.run_id = m.run_id and l.step_id = m.step_id and l.executed_at = m.queued_at
      and l.outcome = 'failed'`);
}
