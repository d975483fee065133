import { sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client";
import { baselines } from "#db/schema/index";
import { audienceQuery } from "./audience.ts";
import type { Clock } from "./define.ts";
import type { Definition } from "./definition.ts";
import type { Start } from "./start-runs.ts";
import { triggers } from "./triggers/index.ts";

/**
 * Those who match now count as answered; without an occurrence, until one sweep finds them not matching. Whom an earlier
 * baseline left out is judged anew: they may have come and gone while nobody looked.
 */
export async function writeBaseline(tx: Tx, workflowId: number, trigger: Definition["trigger"], clock: Clock) {
  await forgetBaseline(tx, workflowId);
  if (triggers.get(trigger.type).isManual) {
    return;
  }
  const { members } = audienceQuery(trigger, clock);
  await tx.execute(sql`
    insert into ${baselines} (workflow_id, member_id, occurrence)
    select ${workflowId}, member_id, coalesce(occurrence, '') from (${members}) audience order by member_id
    on conflict do nothing`);
}

export async function forgetBaseline(tx: Tx, workflowId: number) {
  await tx.execute(sql`delete from ${baselines} where workflow_id = ${workflowId}`);
}

/** Lets go of members who no longer match: the next time they do, it is news. */
export async function freeBaselines(db: Db, { workflow, definition, clock }: Start) {
  const { members, hasOccurrence } = audienceQuery(definition.trigger, clock);
  if (hasOccurrence) {
    return;
  }
  await db.execute(sql`
    delete from ${baselines} b where b.workflow_id = ${workflow.id} and b.occurrence = ''
      and not exists (select from (${members}) a where a.member_id = b.member_id)`);
}
