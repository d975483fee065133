import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { Ready } from "./fill-messages.ts";
import { keepFrames } from "./keep-frames.ts";
import type { Call } from "./prepare-outgoing.ts";

type Handover = {
  now: Date;
  provider: string;
  /** Whether each message keeps the call that it is part of: what the provider recognises is the whole call. */
  keepsCalls: boolean;
};

/** Keeps what is about to be handed over, and since when it may have left. */
export async function freezeMessages(tx: Tx, ready: Ready[], calls: Call[], { now, provider, keepsCalls }: Handover) {
  if (ready.length > 0) {
    await insertBodies(tx, ready);
  }
  const going = calls.flatMap(({ key, going }) => going.map(({ id }) => ({ id, key: keepsCalls ? key : null })));
  if (going.length === 0) {
    return;
  }
  await tx.execute(sql`
    update communication_logs m
    set recipient = coalesce(m.recipient, given.address), language = coalesce(given.language, m.language),
        provider = case when m.first_tried_at is null then ${provider} else m.provider end,
        first_tried_at = coalesce(m.first_tried_at, ${now}::timestamptz), batch_id = coalesce(m.batch_id, handed.key)
    from unnest(
      ${sql.param(going.map(({ id }) => id))}::bigint[],
      ${sql.param(going.map(({ key }) => key))}::uuid[]
    ) as handed (id, key)
    left join unnest(
      ${sql.param(ready.map(({ message }) => message.id))}::bigint[],
      ${sql.param(ready.map(({ message }) => message.address))}::text[],
      ${sql.param(ready.map(({ language }) => language))}::text[]
    ) as given (id, address, language) on given.id = handed.id
    where m.id = handed.id`);
}

async function insertBodies(tx: Tx, ready: Ready[]) {
  const idOf = await keepFrames(
    tx,
    ready.flatMap(({ rendered }) => rendered.frame ?? []),
  );
  await tx.execute(sql`
    insert into message_bodies (message_id, from_address, from_name, subject, html, text, frame_id, own, headers)
    select message_id, from_address, from_name, subject, html, text, frame_id, own::jsonb, headers::jsonb
    from unnest(
      ${sql.param(ready.map(({ message }) => message.id))}::bigint[],
      ${sql.param(ready.map(({ sender }) => sender.address))}::text[],
      ${sql.param(ready.map(({ sender }) => sender.name))}::text[],
      ${sql.param(ready.map(({ rendered }) => rendered.subject))}::text[],
      ${sql.param(ready.map(({ rendered }) => (rendered.frame ? null : rendered.html)))}::text[],
      ${sql.param(ready.map(({ rendered }) => (rendered.frame ? null : rendered.text)))}::text[],
      ${sql.param(ready.map(({ rendered }) => rendered.frame && idOf(rendered.frame)))}::bigint[],
      ${sql.param(ready.map(({ rendered }) => rendered.frame && JSON.stringify(rendered.own)))}::text[],
      ${sql.param(ready.map(({ rendered }) => JSON.stringify(rendered.headers)))}::text[]
    ) as given (message_id, from_address, from_name, subject, html, text, frame_id, own, headers)`);
}
