import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { Clock } from "#lib/clock";
import { contextOf, memberColumns, type ValueSource } from "./read-values.ts";

export type Channel = "email" | "in_app" | "sms";

/** A message as delivery finds it, with all that decides whether and how it goes out. */
export type DueMessage = ValueSource & {
  id: number;
  channel: Channel;
  class: "marketing" | "service" | "sign_in";
  memberId: number | null;
  runId: number | null;
  stepId: number | null;
  queuedAt: string;
  firstTriedAt: string | null;
  attempts: number;
  templateVersionId: number | null;
  /** Set already where a body is frozen. */
  recipient: string | null;
  /** Where this channel reaches the member: an email address, a telephone number as it is dialled. */
  address: string | null;
  /** What the member last said of this channel and class; null when they never said. */
  isGranted: boolean | null;
  isSuppressed: boolean;
};

/** Telephone numbers may be kept as people write them, and are dialled without what makes them readable. */
const address = sql`case m.channel when 'email' then nullif(trim(u.email), '')
                                   when 'sms' then nullif(regexp_replace(u.phone, '\\(0\\)|[\\s().\\/-]', '', 'g'), '') end`;

type Claim = { token: string; messages: DueMessage[] };

/**
 * Leases the messages of a channel that are due longest and reads, in the same transaction, what the member says now:
 * who opted out before the claim is not written to. Messages of a workflow that is off stay where they are.
 */
export async function claimMessages(
  tx: Tx,
  channel: Channel,
  clock: Clock,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<Claim> {
  const token = randomUUID();
  const { rows: claimed } = await tx.execute<{ id: number }>(sql`
    update communication_logs c
    set lease_token = ${token}, lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
    from (
      select m.id from communication_logs m
      where m.channel = ${channel} and m.due_at <= ${clock.now}::timestamptz
        and (m.lease_until is null or m.lease_until < clock_timestamp())
        and (m.workflow_id is null or exists (select from automation_workflows w where w.id = m.workflow_id and w.is_enabled))
      order by m.due_at, m.id limit ${limit} for update of m skip locked
    ) picked
    where c.id = picked.id
    returning c.id`);
  if (claimed.length === 0) {
    return { token, messages: [] };
  }
  const { rows: messages } = await tx.execute<DueMessage>(sql`
    select m.id, m.channel, m.class, m.member_id as "memberId", m.run_id as "runId", m.step_id as "stepId", m.queued_at as "queuedAt",
           m.first_tried_at as "firstTriedAt", m.attempts, m.template_version_id as "templateVersionId", m.recipient,
           ${memberColumns}, ${address} as address,
           (select e.is_granted from consent_events e
            where e.member_id = m.member_id and e.channel = m.channel and e.class = m.class
            order by e.id desc limit 1) as "isGranted",
           exists (select from suppressions s
                   where s.channel = m.channel
                     and s.address_hash = encode(sha256(convert_to(lower(trim(coalesce(m.recipient, ${address}))), 'UTF8')), 'hex')
                     and (s.until is null or s.until > ${clock.now}::timestamptz)) as "isSuppressed",
           ${contextOf(sql`m.step_id`)}
    from communication_logs m
    left join users u on u.id = m.member_id
    left join workflow_runs r on r.id = m.run_id
    left join workflow_versions v on v.id = r.version_id
    where m.id = any(${sql.param(claimed.map(({ id }) => id))}::bigint[])
    order by m.member_id, m.id`);
  return { token, messages };
}
