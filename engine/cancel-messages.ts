import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { OutcomeReason } from "#lib/outcome-reasons";

/**
 * What of some messages waits to go out stays here, and its step says why. What may have left already is for a person to
 * judge; what is being handed over in this moment is settled by whoever does that.
 */
export async function cancelMessages(tx: Tx, areMeant: SQL, reason: OutcomeReason): Promise<void> {
  await tx.execute(sql`
    with waiting as (
      select id from communication_logs
      where channel in ('email', 'in_app', 'sms') and ${areMeant} and due_at is not null
        and (lease_until is null or lease_until < clock_timestamp())
      order by id for no key update
    ),
    cancelled as (
      update communication_logs set due_at = null, lease_token = null, lease_until = null,
        status = case when first_tried_at is null then 'cancelled' else 'unconfirmed' end,
        reason = case when first_tried_at is null then ${reason} else 'unknown_outcome' end
      where id in (select id from waiting)
      returning run_id, step_id, queued_at, status
    )
    update automation_logs l set outcome = 'skipped', reason = ${reason}
    from cancelled c
    where c.status = 'cancelled' and l.run_id = c.run_id and l.step_id = c.step_id and l.executed_at = c.queued_at
      and l.outcome = 'queued'`);
}
