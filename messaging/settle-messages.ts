import { inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { messageBodies } from "#db/schema/index";
import { groupBy } from "#lib/group-by";
import type { OutcomeReason } from "#lib/outcome-reasons";

/**
 * What becomes of a message that was claimed. `held` and `retry` leave it queued until `dueAt`; what the provider surely
 * did not take counts as not tried, so that it can still be skipped.
 */
export type Settlement = { messageId: number } & (
  | { status: "sent"; sentAt: Date; providerMessageId?: string; recipient?: string; language?: string }
  | { status: "skipped" | "unconfirmed"; reason: OutcomeReason }
  | { status: "failed"; reason: OutcomeReason; error: string }
  | { status: "held"; dueAt: Date; reason: OutcomeReason }
  | { status: "retry"; dueAt: Date; error: string; mayHaveLeft: boolean }
);

type Written = { id: number; queuedAt: string; class: string; providerMessageId: string | null };

const stepOutcomes = { sent: "done", skipped: "skipped", failed: "failed" } as const;

/**
 * Writes the answers under the claim's token, or null for one that locked its messages, and the outcomes of the steps that queued the messages. What signs somebody
 * in is forgotten with it. `wereTried` says that these are a provider's answers, good or bad.
 */
export async function settleMessages(
  tx: Tx,
  token: string | null,
  settlements: Settlement[],
  { wereTried = false } = {},
): Promise<void> {
  for (const [status, group] of groupBy(settlements, ({ status }) => status)) {
    const written = await writeStatus(tx, token, status, group, wereTried);
    if (status in stepOutcomes && written.length > 0) {
      await writeStepOutcomes(tx, stepOutcomes[status as keyof typeof stepOutcomes], written);
    }
    if (status === "retry") {
      await thaw(tx, group);
    }
    if (status !== "retry" && status !== "held") {
      await forgetSignInLinks(tx, written);
    }
  }
}

async function writeStatus(
  tx: Tx,
  token: string | null,
  status: Settlement["status"],
  group: Settlement[],
  wereTried: boolean,
): Promise<Written[]> {
  const values = group.map((settlement) => ({
    id: settlement.messageId,
    reason: "reason" in settlement ? settlement.reason : null,
    error: "error" in settlement ? settlement.error : null,
    dueAt: "dueAt" in settlement ? settlement.dueAt.toISOString() : null,
    isUntried: settlement.status === "retry" && !settlement.mayHaveLeft,
    sentAt: settlement.status === "sent" ? settlement.sentAt.toISOString() : null,
    providerMessageId: settlement.status === "sent" ? (settlement.providerMessageId ?? null) : null,
    recipient: settlement.status === "sent" ? (settlement.recipient ?? null) : null,
    language: settlement.status === "sent" ? (settlement.language ?? null) : null,
  }));
  const { rows } = await tx.execute<Written>(sql`
    update communication_logs m
    set status = ${status === "retry" || status === "held" ? "queued" : status}, reason = s.reason, error_message = s.error, due_at = s.due_at,
        sent_at = s.sent_at, provider_message_id = s.provider_message_id, lease_token = null, lease_until = null,
        attempts = m.attempts + ${wereTried ? 1 : 0},
        first_tried_at = case when s.is_untried then null else m.first_tried_at end,
        batch_id = case when s.is_untried then null else m.batch_id end,
        recipient = case when s.is_untried and ${isThawed} then null else coalesce(s.recipient, m.recipient) end,
        language = coalesce(s.language, m.language)
    from unnest(
      ${sql.param(values.map(({ id }) => id))}::bigint[],
      ${sql.param(values.map(({ reason }) => reason))}::text[],
      ${sql.param(values.map(({ error }) => error))}::text[],
      ${sql.param(values.map(({ dueAt }) => dueAt))}::timestamptz[],
      ${sql.param(values.map(({ sentAt }) => sentAt))}::timestamptz[],
      ${sql.param(values.map(({ providerMessageId }) => providerMessageId))}::text[],
      ${sql.param(values.map(({ recipient }) => recipient))}::text[],
      ${sql.param(values.map(({ language }) => language))}::text[],
      ${sql.param(values.map(({ isUntried }) => isUntried))}::boolean[]
    ) as s (id, reason, error, due_at, sent_at, provider_message_id, recipient, language, is_untried)
    where m.id = s.id and (${token}::uuid is null or m.lease_token = ${token})
    returning m.id, m.queued_at as "queuedAt", m.class, m.provider_message_id as "providerMessageId"`);
  return rows;
}

/** Of a message, `m`: it was made from its template, and what was made has left for nobody. */
const isThawed = sql`m.template_version_id is not null and not m.event_data ? 'sent_again'`;

/** What surely did not leave is made anew the next time: address and template may be better by then. */
async function thaw(tx: Tx, group: Settlement[]) {
  const untried = group.flatMap((item) => (item.status === "retry" && !item.mayHaveLeft ? [item.messageId] : []));
  if (untried.length > 0) {
    await tx.execute(sql`
      delete from message_bodies b using communication_logs m
      where m.id = any(${sql.param(untried)}::bigint[]) and b.message_id = m.id and m.first_tried_at is null and ${isThawed}`);
  }
}

/**
 * A message was queued at the instant its step executed: said as values, it lets Postgres leave out all months but those,
 * also when it plans.
 */
async function writeStepOutcomes(tx: Tx, outcome: "done" | "skipped" | "failed", written: Written[]) {
  const instants = [...new Set(written.map(({ queuedAt }) => queuedAt))];
  await tx.execute(sql`
    update automation_logs l
    set outcome = ${outcome}, success = ${outcome === "done"}, reason = m.reason, error_message = m.error_message
    from communication_logs m
    where m.id = any(${sql.param(written.map(({ id }) => id))}::bigint[]) and l.executed_at = any(${sql.param(instants)}::timestamptz[])
      and l.run_id = m.run_id and l.step_id = m.step_id and l.executed_at = m.queued_at and l.outcome = 'queued'`);
}

/** The outbox sends nothing: what it took is read here, or nowhere. */
const isInOutbox = ({ providerMessageId }: Written) => providerMessageId?.startsWith("outbox-") ?? false;

/** The table of bodies is kept for years; a link in it would sign in whoever has a copy, for as long as it works. */
async function forgetSignInLinks(tx: Tx, written: Written[]) {
  const ids = written.flatMap((message) => (message.class === "sign_in" && !isInOutbox(message) ? [message.id] : []));
  if (ids.length > 0) {
    await tx.update(messageBodies).set({ html: "", text: "" }).where(inArray(messageBodies.messageId, ids));
  }
}
