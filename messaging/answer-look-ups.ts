import { sql } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import type { Clock } from "#lib/clock";
import { recordTrace } from "./events/record-trace.ts";
import type { LookUpAnswer, Provider, Sought } from "./provider.ts";
import { awaitTurn } from "./provider-account.ts";
import { findSentSince } from "./sent-since.ts";

type Options = {
  providers: Provider[];
  /** Told why one could not be asked. */
  onFailure?: (requestId: number, error: unknown) => void;
  shouldStop?: () => boolean;
};

/** Within what a transaction may wait, and a person will. */
const patienceMs = 40_000;

/** What the request's row says in the end. `event` is what became of the message since it was taken. */
export type LookUpResult =
  | { outcome: "found"; provider: string; takenAt: string; event: string }
  | { outcome: "not_known"; provider: string }
  | { outcome: "unclear"; provider: string; error: string };

type Request = Omit<Sought, "triedAt"> & {
  id: number;
  requestedBy: number | null;
  channel: string;
  provider: string;
  triedAt: string;
};

/** Asks providers what an admin wants to know of messages whose outcome nobody knows, oldest first. */
export async function answerLookUps(db: Db, readClock: () => Promise<Clock>, options: Options): Promise<void> {
  while (!options.shouldStop?.() && (await answerNext(db, await readClock(), options))) {
    // One after the other: a look-up may take many requests.
  }
}

/** Holds the request's row meanwhile, so that one worker alone asks. */
function answerNext(db: Db, clock: Clock, options: Options): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const { rows } = await tx.execute<Request>(sql`
      select r.id, r.requested_by as "requestedBy", m.id as "messageId", m.channel, m.provider, coalesce(m.recipient, '') as "to",
             m.first_tried_at as "triedAt", coalesce(b.subject, '') as subject, coalesce(b.text, '') as text
      from requests r
      join communication_logs m on m.id = r.message_id
      left join message_texts b on b.message_id = m.id
      where r.type = 'look_up' and r.finished_at is null order by r.id limit 1 for update of r skip locked`);
    const [request] = rows;
    if (!request) {
      return false;
    }
    const answer = await ask(db, request, clock, options);
    await writeAnswer(tx, request, answer, clock);
    return true;
  });
}

async function ask(db: Db, request: Request, { now }: Clock, { providers, onFailure }: Options): Promise<LookUpAnswer> {
  const provider = providers.find(({ name, channel }) => name === request.provider && channel === request.channel);
  if (!provider?.lookUp) {
    return { outcome: "unclear", error: "Messages leave another way now, and nobody can ask there any more" };
  }
  const { channel } = provider;
  const endsAt = performance.now() + patienceMs;
  const asking = {
    now,
    async mayAsk() {
      await awaitTurn(db, provider);
      return performance.now() < endsAt;
    },
    idSince: async (instant: Date) => (await findSentSince(db, provider, instant))?.providerMessageId ?? null,
    async listOthers(ids: string[]) {
      const { rows } = await db.execute<{ id: string }>(sql`
        select provider_message_id as id from communication_logs
        where provider_message_id = any(${sql.param(ids)}::text[]) and channel = ${channel} and id <> ${request.messageId}`);
      return new Set(rows.map(({ id }) => id));
    },
  };
  try {
    return await provider.lookUp({ ...request, triedAt: new Date(request.triedAt) }, asking);
  } catch (error) {
    // A provider that cannot be reached is no reason to ask for ever: whoever asked is told, and may ask again.
    onFailure?.(request.id, error);
    return { outcome: "unclear", error: "The provider could not be asked. Try again in a while" };
  }
}

/** What was found settles the message as the provider's own event would have. */
async function writeAnswer(tx: Tx, request: Request, answer: LookUpAnswer, clock: Clock) {
  if (answer.outcome === "found") {
    await recordTrace(tx, answer.trace, clock);
  }
  const result = resultOf(request.provider, answer);
  await insertAuditEvent(tx, {
    actorId: request.requestedBy,
    action: "message.looked_up",
    subjectType: "message",
    subjectId: request.messageId,
    after: result,
  });
  await tx.execute(sql`
    update requests set finished_at = clock_timestamp(), result = ${JSON.stringify(result)}::jsonb where id = ${request.id}`);
}

function resultOf(provider: string, answer: LookUpAnswer): LookUpResult {
  return answer.outcome === "found"
    ? {
        outcome: "found",
        provider,
        takenAt: answer.trace.takenAt.toISOString(),
        event: answer.trace.events.at(-1)?.type ?? "sent",
      }
    : { ...answer, provider };
}
