import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { recordConsents } from "#db/queries/consent";
import type { ReadyEvent } from "./apply-events.ts";
import { askStaff, type ReportedMessage } from "./ask-staff.ts";

type Complaint = Omit<ReportedMessage, "memberId"> & {
  messageId: number;
  channel: "email" | "sms";
  memberId: number | null;
  isErased: boolean | null;
  refused: "marketing" | "digest";
};

/**
 * Who reports a message as spam has refused advertising on its channel, whatever they said before, and somebody may talk to
 * them about it; of staff and their digest, the digest. Called before the events count as applied: what was complained of
 * once is known.
 */
export async function recordComplaints(tx: Tx, events: ReadyEvent[], now: Date): Promise<void> {
  const complained = events.filter(({ type, addressHash }) => type === "complained" && addressHash !== null);
  if (complained.length === 0) {
    return;
  }
  const { rows: complaints } = await tx.execute<Complaint>(sql`
    select m.id as "messageId", m.channel, m.member_id as "memberId", u.erased_at is not null as "isErased",
           case m.class when 'digest' then 'digest' else 'marketing' end as refused,
           m.run_id as "runId", m.step_id as "stepId", coalesce(nullif(b.subject, ''), 'a message') as subject,
           coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), nullif(trim(u.email), ''), 'A member without a name')
             as "memberName"
    from communication_logs m
    left join users u on u.id = m.member_id
    left join message_bodies b on b.message_id = m.id
    where m.id = any(${sql.param(complained.map(({ messageId }) => messageId))}::bigint[])
      and not exists (select from message_events e where e.message_id = m.id and e.type = 'complained'
                        and e.state = 'applied' and e.address_hash is not null)
    order by m.id`);
  for (const { messageId: subjectId, memberId, channel } of complaints) {
    const after = { memberId, channel };
    await insertAuditEvent(tx, {
      actorId: null,
      action: "message.complained",
      subjectType: "message",
      subjectId,
      after,
    });
  }
  const reported = complaints.flatMap(ofMember);
  await recordConsents(tx, refusalsOf(reported), { keepRefusals: false });
  await askStaff(
    tx,
    reported.filter(({ refused }) => refused === "marketing"),
    now,
  );
}

/** Who was erased has nothing left to refuse, and cannot be asked. */
const ofMember = ({ isErased, memberId, ...message }: Complaint) =>
  memberId === null || isErased ? [] : [{ ...message, memberId }];

/** One a member, channel and class. */
function refusalsOf(reported: ReturnType<typeof ofMember>) {
  const refusals = reported.map(({ memberId, channel, refused }) => ({
    memberId,
    channel,
    class: refused,
    isGranted: false,
    source: "complaint",
  }));
  const keyOf = (refusal: (typeof refusals)[number]) => `${refusal.memberId} ${refusal.channel} ${refusal.class}`;
  return [...new Map(refusals.map((refusal) => [keyOf(refusal), refusal])).values()];
}
