import { and, count, desc, eq, isNull, notInArray, sql } from "drizzle-orm";
import { one } from "#lib/rows";
import { ringBell } from "../bells.ts";
import { type Db, type Tx, withTransaction } from "../client.ts";
import {
  automationWorkflows,
  communicationLogs,
  communicationTemplates,
  messageBodies,
  requests,
  users,
} from "../schema/index.ts";
import { insertAuditEvent } from "./audit.ts";
import { memberName } from "./logs.ts";

type Filter = { workflowId?: number };
type Decision = { messageId: number; actorId: number };

export type UnconfirmedRow = Awaited<ReturnType<typeof listUnconfirmed>>[number];

const messages = communicationLogs;

/**
 * Links to sign in are left out: they are dead within minutes, and who still needs one asks for another. So are digests:
 * the morning they tell of is over.
 */
const isOpen = and(eq(messages.status, "unconfirmed"), notInArray(messages.class, ["sign_in", "digest"]));

const ofWorkflow = ({ workflowId }: Filter) =>
  workflowId === undefined ? undefined : eq(messages.workflowId, workflowId);

/** Messages of which nobody can tell whether they left, newest first. */
export function listUnconfirmed(db: Db, { limit, ...filter }: Filter & { limit: number }) {
  return db
    .select({
      id: messages.id,
      channel: messages.channel,
      memberName,
      recipient: messages.recipient,
      subject: sql<string | null>`nullif(${messageBodies.subject}, '')`,
      templateName: communicationTemplates.name,
      workflowName: automationWorkflows.name,
      triedAt: sql<Date>`coalesce(${messages.firstTriedAt}, ${messages.queuedAt})`.mapWith(messages.queuedAt),
      reason: messages.reason,
      errorMessage: messages.errorMessage,
      provider: messages.provider,
      sentAgain: sql<number>`coalesce((${messages.eventData} ->> 'sent_again')::int, 0)`,
    })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.memberId))
    .leftJoin(automationWorkflows, eq(automationWorkflows.id, messages.workflowId))
    .leftJoin(communicationTemplates, eq(communicationTemplates.id, messages.templateId))
    .leftJoin(messageBodies, eq(messageBodies.messageId, messages.id))
    .where(and(isOpen, ofWorkflow(filter)))
    .orderBy(desc(messages.id))
    .limit(limit);
}

export async function countUnconfirmed(db: Db, filter: Filter = {}): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(messages)
    .where(and(isOpen, ofWorkflow(filter)));
  return row?.count ?? 0;
}

/** Somebody knows that it arrived: it was sent when it was tried. False when it was decided before. */
export function confirmArrival(db: Db, { messageId, actorId }: Decision): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const [message] = await tx
      .update(messages)
      .set({
        status: "sent",
        sentAt: sql`coalesce(${messages.firstTriedAt}, ${messages.queuedAt})`,
        reason: null,
        errorMessage: null,
      })
      .where(and(eq(messages.id, messageId), isOpen))
      .returning({ runId: messages.runId, stepId: messages.stepId, queuedAt: messages.queuedAt });
    if (!message) {
      return false;
    }
    await finishStep(tx, message);
    await writeDecision(tx, { messageId, actorId }, "message.confirmed", { status: "sent" });
    return true;
  });
}

/** Has the worker ask its provider what became of it; null when it was decided before. One that is asked about already is not asked again. */
export function requestLookUp(db: Db, { messageId, actorId }: Decision): Promise<number | null> {
  return withTransaction(db, async (tx) => {
    const [message] = await tx
      .select({ id: messages.id })
      .from(messages)
      .where(and(eq(messages.id, messageId), isOpen))
      .for("no key update");
    if (!message) {
      return null;
    }
    const open = and(eq(requests.type, "look_up"), eq(requests.messageId, messageId), isNull(requests.finishedAt));
    const [asked] = await tx.select({ id: requests.id }).from(requests).where(open);
    if (asked) {
      return asked.id;
    }
    const lookUp = { type: "look_up", messageId, requestedBy: actorId } as const;
    const { id } = one(await tx.insert(requests).values(lookUp).returning({ id: requests.id }));
    await ringBell(tx, "look_ups");
    return id;
  });
}

/**
 * Puts it back among those that are due, as if it had never been tried. What it says stays as it was frozen; how often it
 * was sent again is counted, so that a provider that remembers the first try can be told the next one from it. False when
 * it was decided before.
 */
export function sendAgain(db: Db, { messageId, actorId, now }: Decision & { now: Date }): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const times = sql<number>`coalesce((${messages.eventData} ->> 'sent_again')::int, 0) + 1`;
    const [message] = await tx
      .update(messages)
      .set({
        status: "queued",
        dueAt: now,
        reason: null,
        errorMessage: null,
        firstTriedAt: null,
        attempts: 0,
        batchId: null,
        leaseToken: null,
        leaseUntil: null,
        eventData: sql`${messages.eventData} || jsonb_build_object('sent_again', ${times}, 'sent_again_at', ${now.toISOString()}::text)`,
      })
      .where(and(eq(messages.id, messageId), isOpen))
      .returning({ eventData: messages.eventData });
    if (!message) {
      return false;
    }
    const after = { status: "queued", sent_again: message.eventData.sent_again };
    await writeDecision(tx, { messageId, actorId }, "message.sent_again", after);
    await ringBell(tx, "deliver");
    return true;
  });
}

type Step = { runId: number | null; stepId: number | null; queuedAt: Date };

/** The step that queued it waits for its outcome. Its row's instant is said as a value, so that one month is looked at. */
async function finishStep(tx: Tx, { runId, stepId, queuedAt }: Step) {
  if (runId !== null) {
    await tx.execute(sql`
      update automation_logs set outcome = 'done', success = true, reason = null, error_message = null
      where run_id = ${runId} and step_id = ${stepId} and executed_at = ${queuedAt}::timestamptz and outcome = 'queued'`);
  }
}

const writeDecision = (tx: Tx, { messageId, actorId }: Decision, action: string, after: object) =>
  insertAuditEvent(tx, {
    actorId,
    action,
    subjectType: "message",
    subjectId: messageId,
    before: { status: "unconfirmed" },
    after,
  });
