import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { isUnconfirmedCopy } from "#db/queries/installation";
import { gymSettings, messageTexts } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { one } from "#lib/rows";
import { claimMessages, type DueMessage } from "./claim-messages.ts";
import { cutIntoCalls } from "./cut-into-calls.ts";
import type { DeliveryOptions } from "./deliver.ts";
import { fillMessages, type Ready } from "./fill-messages.ts";
import { freezeMessages } from "./freeze-messages.ts";
import { judgeMessages } from "./judge-messages.ts";
import type { Outgoing, Provider } from "./provider.ts";
import type { Settlement } from "./settle-messages.ts";
import { settleMessages } from "./settle-messages.ts";
import { settleBeforehand, settleUnfilled } from "./settle-unsent.ts";
import { isMarketingPaused } from "./watch-complaints.ts";

/** What is handed over in one call. Its key is the same at every try of the same messages together. */
export type Call = {
  key: string;
  /** Those that are settled by its answers. */
  going: DueMessage[];
  /** All that it consists of: of a call that was broken off also what is settled already. */
  outgoing: Outgoing[];
  /** Whether it is from the gym's own address, and not from one that a template brought. */
  isFromGym: boolean;
};

export type Prepared = {
  token: string;
  calls: Call[];
  /** What was decided without a hand-over. */
  settled: Settlement[];
};

/** Claims messages and makes them ready: judged, rendered, frozen. Once this is committed, they may have left. */
export async function prepareOutgoing(
  tx: Tx,
  provider: Provider,
  clock: Clock,
  { links, stopRuns, leaseMs = 30_000 }: DeliveryOptions,
): Promise<Prepared> {
  const { name, channel, batchSize, callsAtOnce = 1, recognises } = provider;
  const isHeld = await isUnconfirmedCopy(tx);
  const { token, messages } = await claimMessages(tx, channel, clock, {
    limit: batchSize * callsAtOnce,
    leaseMs,
    isHeld,
  });
  if (messages.length === 0) {
    return { token, calls: [], settled: [] };
  }
  const gym = one(await tx.select().from(gymSettings));
  const rules = { ...gym, isMarketingPaused: channel === "email" && (await isMarketingPaused(tx)) };
  const verdicts = await judgeMessages(tx, channel, messages, rules, clock, stopRuns);
  const settled = settleBeforehand(messages, verdicts, provider, clock);
  const isSettled = new Set(settled.map(({ messageId }) => messageId));
  const claimed = messages.filter(({ id }) => !isSettled.has(id));
  // A frozen body stays as it is, whatever became of the template since.
  const frozen = await loadFrozen(tx, claimed);
  const filled = await fillMessages(
    tx,
    claimed.filter(({ id }) => !frozen.has(id)),
    links,
  );
  const ready = filled.filter((item) => "rendered" in item);
  const unfilled = filled.flatMap((item) => ("error" in item ? [settleUnfilled(item, clock)] : []));
  const mails = new Map([...frozen, ...ready.map((item) => [item.message.id, toOutgoing(item)] as const)]);
  const going = claimed.filter(({ id }) => mails.has(id));
  const calls = cutIntoCalls({ going, mails, provider, gymAddress: gym.senderAddress });
  await freezeMessages(tx, ready, calls, { now: clock.now, provider: name, keepsCalls: recognises === "requests" });
  await settleMessages(tx, token, [...settled, ...unfilled]);
  return { token, calls, settled: [...settled, ...unfilled] };
}

const keyOf = (id: number, sentAgain: string | null) => ["message", id, sentAgain].filter(Boolean).join("/");

const toOutgoing = ({ message, rendered, sender }: Ready): Outgoing => ({
  messageId: message.id,
  idempotencyKey: keyOf(message.id, null),
  to: message.address ?? "",
  fromAddress: sender.address,
  fromName: sender.name,
  subject: rendered.subject,
  html: rendered.html,
  text: rendered.text,
  headers: rendered.headers,
});

/**
 * What was made ready before, what was written out when it was queued, and the rest of the calls that they are part of. What a
 * person sends again has a key of its own.
 */
async function loadFrozen(tx: Tx, claimed: DueMessage[]): Promise<Map<number, Outgoing>> {
  const batchIds = [...new Set(claimed.flatMap(({ batchId }) => batchId ?? []))];
  const { rows } = await tx.execute<Omit<Outgoing, "idempotencyKey"> & { sentAgain: string | null }>(sql`
    select m.id as "messageId", m.event_data ->> 'sent_again' as "sentAgain",
           m.recipient as "to", b.from_address as "fromAddress", b.from_name as "fromName", b.subject, b.html, b.text, b.headers
    from communication_logs m join ${messageTexts} b on b.message_id = m.id
    where m.id = any(${sql.param(claimed.map(({ id }) => id))}::bigint[]) or m.batch_id = any(${sql.param(batchIds)}::uuid[])`);
  return new Map(
    rows.map(({ sentAgain, ...mail }) => [
      mail.messageId,
      { ...mail, idempotencyKey: keyOf(mail.messageId, sentAgain) },
    ]),
  );
}
