import { sql } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import { messageBodies } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import type { OutcomeReason } from "#lib/outcome-reasons";
import { claimMessages, type DueMessage } from "./claim-messages.ts";
import type { DeliveryOptions } from "./deliver.ts";
import { fillMessages } from "./fill-messages.ts";
import { freezeMessages } from "./freeze-messages.ts";
import { judgeMessages } from "./judge-messages.ts";
import type { Outgoing, Provider, SendResult } from "./provider.ts";
import { sendWithin } from "./send-within.ts";
import { type Settlement, settleMessages } from "./settle-messages.ts";
import { settleRefused, settleUnfilled } from "./settle-unsent.ts";

/** A provider remembers a key for a day; past this a message whose first try is unsettled is not tried again. */
const keyLivesMs = 23 * 3_600_000;
const retriesEndMs = 24 * 3_600_000;

/**
 * Hands a batch of a provider's channel to it. What goes out is frozen and committed first, so that whoever repeats it after
 * a crash sends the same bytes under the same key.
 */
export async function deliverOutgoing(
  db: Db,
  clock: Clock,
  provider: Provider,
  options: DeliveryOptions,
): Promise<Settlement[]> {
  const { leaseMs = 30_000, sendTimeoutMs = 10_000 } = options;
  const { token, messages, outgoing, settled } = await withTransaction(db, (tx) =>
    prepare(tx, provider, clock, options, leaseMs),
  );
  if (outgoing.length === 0) {
    return settled;
  }
  const results = await sendWithin(provider, outgoing, sendTimeoutMs);
  const byId = new Map(messages.map((message) => [message.id, message]));
  const answers = results.map((result) => toSettlement(result, byId.get(result.messageId), provider, clock));
  await withTransaction(db, (tx) => settleMessages(tx, token, answers, { wereTried: true }));
  return [...settled, ...answers];
}

async function prepare(tx: Tx, provider: Provider, clock: Clock, options: DeliveryOptions, leaseMs: number) {
  const { token, messages } = await claimMessages(tx, provider.channel, clock, { limit: provider.batchSize, leaseMs });
  const refused = await judgeMessages(tx, provider.channel, messages, clock, options.stopRuns);
  const settled: Settlement[] = [];
  const going: DueMessage[] = [];
  for (const message of messages) {
    const settlement = settleUnsent(message, refused.get(message.id), provider, clock);
    if (settlement) {
      settled.push(settlement);
    } else {
      going.push(message);
    }
  }
  // A frozen body stays as it is, whatever became of the template since.
  const fresh = going.filter(({ firstTriedAt, class: kind }) => firstTriedAt === null && kind !== "sign_in");
  const filled = await fillMessages(tx, fresh, options.links);
  for (const item of filled) {
    if ("error" in item) {
      settled.push(settleUnfilled(item, clock));
    }
  }
  await freezeMessages(tx, filled, going, clock);
  await settleMessages(tx, token, settled);
  const unsent = new Set(settled.map(({ messageId }) => messageId));
  const outgoing = await loadOutgoing(
    tx,
    going.flatMap(({ id }) => (unsent.has(id) ? [] : [id])),
  );
  return { token, messages, outgoing, settled };
}

/** What is decided without a hand-over. */
function settleUnsent(
  message: DueMessage,
  reason: OutcomeReason | undefined,
  { isIdempotent }: Provider,
  clock: Clock,
): Settlement | null {
  const { id: messageId, firstTriedAt } = message;
  const isKeyDead = firstTriedAt !== null && clock.now.getTime() - new Date(firstTriedAt).getTime() > keyLivesMs;
  if (isKeyDead || (firstTriedAt !== null && !isIdempotent)) {
    return { messageId, status: "unconfirmed", reason: reason ?? "unknown_outcome" };
  }
  return reason ? settleRefused(message, reason, clock) : null;
}

function toSettlement(
  result: SendResult,
  message: DueMessage | undefined,
  { isIdempotent }: Provider,
  clock: Clock,
): Settlement {
  const { messageId } = result;
  if (result.outcome === "accepted") {
    return { messageId, status: "sent", sentAt: clock.now, providerMessageId: result.providerMessageId };
  }
  if (result.outcome === "refused") {
    return { messageId, status: "failed", reason: "refused_by_provider", error: result.error };
  }
  // A try of unknown outcome stays one, whatever a later try is told.
  const mayHaveLeft = result.outcome === "unknown" || (message?.firstTriedAt ?? null) !== null;
  if (mayHaveLeft && !isIdempotent) {
    return { messageId, status: "unconfirmed", reason: "unknown_outcome" };
  }
  const afterMs = ("afterMs" in result ? result.afterMs : undefined) ?? backoffMs(message?.attempts ?? 0);
  const dueAt = new Date(clock.now.getTime() + afterMs);
  const hasTime = dueAt.getTime() - new Date(message?.queuedAt ?? clock.now).getTime() <= retriesEndMs;
  if (hasTime) {
    return { messageId, status: "retry", dueAt, error: result.error, mayHaveLeft };
  }
  return mayHaveLeft
    ? { messageId, status: "unconfirmed", reason: "unknown_outcome" }
    : { messageId, status: "failed", reason: "gave_up", error: result.error };
}

/** Doubles from a minute to half an hour, by how many tries failed before. */
const backoffMs = (attempts: number) => Math.min(60_000 * 2 ** attempts, 1_800_000);

async function loadOutgoing(tx: Tx, ids: number[]): Promise<Outgoing[]> {
  const { rows } = await tx.execute<Omit<Outgoing, "idempotencyKey">>(sql`
    select m.id as "messageId", m.recipient as "to", b.from_address as "fromAddress", b.from_name as "fromName",
           b.subject, b.html, b.text, b.headers
    from communication_logs m join ${messageBodies} b on b.message_id = m.id
    where m.id = any(${sql.param(ids)}::bigint[]) order by m.id`);
  return rows.map((row) => ({ ...row, idempotencyKey: `message/${row.messageId}` }));
}
