import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { messageBodies } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import type { DueMessage } from "./claim-messages.ts";
import type { Filled } from "./fill-messages.ts";

/** Keeps what is about to be handed over, and since when it may have left. */
export async function freezeMessages(tx: Tx, filled: Filled[], going: DueMessage[], { now }: Clock): Promise<void> {
  const bodies = filled.flatMap((item) => ("rendered" in item ? [item] : []));
  if (bodies.length > 0) {
    await tx
      .insert(messageBodies)
      .values(
        bodies.map(({ message, rendered, sender }) => ({
          messageId: message.id,
          fromAddress: sender.address,
          fromName: sender.name,
          subject: rendered.subject,
          html: rendered.html,
          text: rendered.text,
          headers: rendered.headers,
        })),
      )
      .onConflictDoNothing();
  }
  await tx.execute(sql`
    update communication_logs m set recipient = given.address, language = given.language
    from unnest(
      ${sql.param(bodies.map(({ message }) => message.id))}::bigint[],
      ${sql.param(bodies.map(({ message }) => message.address))}::text[],
      ${sql.param(bodies.map(({ language }) => language))}::text[]
    ) as given (id, address, language)
    where m.id = given.id`);
  await tx.execute(sql`
    update communication_logs set first_tried_at = coalesce(first_tried_at, ${now}::timestamptz)
    where id = any(${sql.param(going.map(({ id }) => id))}::bigint[])`);
}
