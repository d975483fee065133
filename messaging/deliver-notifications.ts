import { sql } from "drizzle-orm";
import { notificationChannel } from "#db/bells";
import { type Db, type Tx, withTransaction } from "#db/client";
import { gymSettings } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { one } from "#lib/rows";
import { claimNotifications } from "./claim-messages.ts";
import type { DeliveryOptions } from "./deliver.ts";
import { type Filled, fillMessages } from "./fill-messages.ts";
import { judgeMessages } from "./judge-messages.ts";
import { type Settlement, settleMessages } from "./settle-messages.ts";
import { settleJudged, settleUnfilled } from "./settle-unsent.ts";

type Notification = Extract<Filled, { rendered: unknown }>;

/** Puts a batch of notifications into their members' centers. All in one transaction: there is nobody to wait for. */
export async function deliverNotifications(
  db: Db,
  clock: Clock,
  { stopRuns, links }: DeliveryOptions,
): Promise<Settlement[]> {
  return withTransaction(db, async (tx) => {
    const messages = await claimNotifications(tx, clock, 500);
    const gym = one(await tx.select().from(gymSettings));
    const verdicts = await judgeMessages(tx, "in_app", messages, gym, clock, stopRuns);
    const filled = await fillMessages(
      tx,
      messages.filter(({ id }) => !verdicts.has(id)),
      links,
    );
    const ready = filled.filter((item): item is Notification => "rendered" in item);
    await insertNotifications(tx, ready, clock);
    const settlements = [
      ...messages.flatMap((message) => {
        const verdict = verdicts.get(message.id);
        return verdict ? [settleJudged(message, verdict, clock)] : [];
      }),
      ...filled.map(
        (item): Settlement =>
          "rendered" in item
            ? {
                messageId: item.message.id,
                status: "sent",
                sentAt: clock.now,
                recipient: `member_${item.message.memberId}`,
                language: item.language,
              }
            : settleUnfilled(item, clock),
      ),
    ];
    await settleMessages(tx, null, settlements);
    return settlements;
  });
}

async function insertNotifications(tx: Tx, ready: Notification[], { now }: Clock) {
  if (ready.length === 0) {
    return;
  }
  const rows = ready.map(({ message, rendered }) => ({ ...message, ...rendered }));
  await tx.execute(sql`
    with delivered as (
      insert into notifications (member_id, run_id, step_id, message_id, title, body, action_url, icon, created_at)
      select member_id, run_id, step_id, message_id, title, body, action_url, icon, ${now}::timestamptz
      from unnest(
        ${sql.param(rows.map(({ memberId }) => memberId))}::bigint[],
        ${sql.param(rows.map(({ runId }) => runId))}::bigint[],
        ${sql.param(rows.map(({ stepId }) => stepId))}::int[],
        ${sql.param(rows.map(({ id }) => id))}::bigint[],
        ${sql.param(rows.map(({ title }) => title))}::text[],
        ${sql.param(rows.map(({ body }) => body))}::text[],
        ${sql.param(rows.map(({ actionUrl }) => actionUrl))}::text[],
        ${sql.param(rows.map(({ icon }) => icon))}::text[]
      ) as given (member_id, run_id, step_id, message_id, title, body, action_url, icon)
      on conflict do nothing
      returning member_id
    ),
    -- One notification of the database for all, not one a member: each would take the same lock at commit.
    told as (select pg_notify(${notificationChannel}, string_agg(distinct member_id::text, ',')) from delivered having count(*) > 0)
    select from told`);
}
