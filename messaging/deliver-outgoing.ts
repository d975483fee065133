import { sql } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import type { Clock } from "#lib/clock";
import type { DueMessage } from "./claim-messages.ts";
import type { DeliveryOptions } from "./deliver.ts";
import { applyParkedEvents } from "./events/parked-events.ts";
import { type Call, prepareOutgoing } from "./prepare-outgoing.ts";
import type { Pause, Provider, SendResult } from "./provider.ts";
import { awaitTurn, endProbe, findPause, isOpen, noteSuccess, pauseAccount } from "./provider-account.ts";
import { sendWithin } from "./send-within.ts";
import { isUntried, settleAnswer } from "./settle-answers.ts";
import { type Settlement, settleMessages } from "./settle-messages.ts";
import { suppressRecipients } from "./suppress-recipients.ts";

/** Further calls of a claim are begun no later than this after it: others may have them then. */
const beginWithinMs = 8_000;

/**
 * Hands a claim's messages to their channel's provider. What goes out is frozen and committed first, so that whoever repeats
 * it after a crash sends the same bytes under the same key. While the account is paused, nothing is even claimed.
 */
export async function deliverOutgoing(
  db: Db,
  clock: Clock,
  provider: Provider,
  options: DeliveryOptions,
): Promise<Settlement[]> {
  const accountClock = (await options.readAccountClock?.()) ?? clock;
  if (!(await isOpen(db, provider.channel, accountClock))) {
    return [];
  }
  const began = performance.now();
  const { token, calls, settled } = await withTransaction(db, (tx) => prepareOutgoing(tx, provider, clock, options));
  if (calls.length === 0) {
    await endProbe(db, provider.channel);
  }
  const answers: Settlement[] = [];
  for (const call of calls) {
    const isTooLate = performance.now() - began > beginWithinMs || (options.shouldStop?.() ?? false);
    const results = await handOver(db, accountClock, provider, { call, token, isTooLate, options });
    // What the provider asks for counts from its answer, not from the claim.
    const answeredAt = { ...accountClock, now: new Date(accountClock.now.getTime() + performance.now() - began) };
    const given = { clock, answeredAt, provider, token, call, results, options };
    answers.push(...(await withTransaction(db, (tx) => writeAnswers(tx, given))));
  }
  return [...settled, ...answers];
}

type HandOver = { call: Call; token: string; isTooLate: boolean; options: DeliveryOptions };

async function handOver(
  db: Db,
  accountClock: Clock,
  provider: Provider,
  { call: { key, going, outgoing }, token, isTooLate, options }: HandOver,
): Promise<SendResult[]> {
  if (!isTooLate) {
    await awaitTurn(db, provider);
  }
  const pause = await findPause(db, provider.channel, accountClock);
  const isOurs = !(pause || isTooLate) && (await renewLease(db, token, going, options.leaseMs));
  if (!isOurs) {
    const afterMs = pause ? pause.until.getTime() - accountClock.now.getTime() : 0;
    const error = pause?.error ?? "";
    return outgoing.map(({ messageId }) => ({ messageId, outcome: "retry", error, afterMs, isUntried: true }));
  }
  return sendWithin(provider, {
    batch: outgoing,
    requestKey: `request/${key}`,
    timeoutMs: provider.timeoutMs ?? options.sendTimeoutMs ?? 10_000,
  });
}

/** A call may wait long for its turn. False if somebody else has one of its messages by now. */
async function renewLease(db: Db, token: string, going: DueMessage[], leaseMs = 30_000): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update communication_logs set lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
    where id = any(${sql.param(going.map(({ id }) => id))}::bigint[]) and lease_token = ${token}`);
  return rowCount === going.length;
}

type Given = {
  clock: Clock;
  answeredAt: Clock;
  provider: Provider;
  token: string;
  call: Call;
  results: SendResult[];
  options: DeliveryOptions;
};

async function writeAnswers(
  tx: Tx,
  { clock, answeredAt, provider, token, call, results: answers, options }: Given,
): Promise<Settlement[]> {
  const { channel } = provider;
  const byId = new Map(call.going.map((message) => [message.id, message]));
  const results = answers.filter(({ messageId }) => byId.has(messageId)).map(blameTemplate(call));
  const paused = results.find(hasPause);
  let pausedUntil: Date | undefined;
  if (paused) {
    const { until, isNews } = await pauseAccount(tx, channel, paused.pause, paused.error, answeredAt);
    pausedUntil = until;
    if (isNews) {
      options.onPause?.({ channel, provider: provider.name, cause: paused.pause.cause, error: paused.error, until });
    }
  } else if (results.some(({ outcome }) => outcome === "accepted" || outcome === "refused")) {
    await noteSuccess(tx, channel, answeredAt);
  }
  const settle = (result: SendResult) => settleAnswer(result, byId.get(result.messageId), provider, clock, pausedUntil);
  const untried = results.filter(isUntried).map(settle);
  const tried = results.filter((result) => !isUntried(result)).map(settle);
  await settleMessages(tx, token, untried);
  await settleMessages(tx, token, tried, { wereTried: true });
  await suppressRecipients(tx, results.flatMap(toSuppression));
  // What the provider told before its own answer was written down.
  await applyParkedEvents(
    tx,
    tried.flatMap(({ messageId, status }) => (status === "sent" ? [messageId] : [])),
    clock,
  );
  return [...untried, ...tried];
}

/** A sender that a template brought along is the template's fault, and no reason to stop the channel. */
const blameTemplate =
  ({ isFromGym }: Call) =>
  (result: SendResult): SendResult =>
    result.outcome === "retry" && result.isAboutSender && !isFromGym
      ? { messageId: result.messageId, outcome: "refused", error: result.error }
      : result;

const toSuppression = (result: SendResult) =>
  result.outcome === "refused" && result.suppress ? [{ messageId: result.messageId, reason: result.suppress }] : [];

const hasPause = (result: SendResult): result is SendResult & { error: string; pause: Pause } =>
  "pause" in result && result.pause !== undefined;
