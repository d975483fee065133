import { type SQL, sql } from "drizzle-orm";
import { plainAddress } from "#lib/plain-address";
import { channelOf, type IncomingEvent } from "./incoming-event.ts";

/**
 * The id of the message that an event is about, as a subquery: of the one that carries the provider's id. While none does,
 * because the answer to our request was lost or is on its way, our own id counts if that message was tried and went to who
 * is named: another installation on the same account numbers its messages like ours.
 */
export function messageIdOf(event: IncomingEvent): SQL {
  const channel = channelOf[event.provider];
  return sql`(
    (select m.id from communication_logs m
     where m.provider_message_id = ${event.providerMessageId} and m.channel = ${channel} order by m.id limit 1)
    union all
    (select m.id from communication_logs m
     where m.id = ${event.ownId}::bigint and m.channel = ${channel} and m.provider_message_id is null
       and m.first_tried_at is not null
       and lower(trim(m.recipient)) in (select lower(trim(r)) from unnest(${sql.param(event.recipients.map(plainAddress))}::text[]) r))
    limit 1)`;
}
