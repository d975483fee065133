import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { listVersionsOfRuns } from "#db/queries/runs";
import { memberFacts, workflowRuns } from "#db/schema/index";
import type { OutcomeReason } from "#lib/outcome-reasons";
import { isInAudience } from "./audience.ts";
import { holds } from "./conditions/index.ts";
import type { Clock, Trigger } from "./define.ts";
import { type Definition, parseDefinition } from "./definition.ts";
import { triggers } from "./triggers/index.ts";

/** When a run's step or message has been owed since, on the engine's clock. */
export type Owed = { runId: number; since: Date };

/**
 * Why a run must go no further, or null: over `workflowRuns` joined with its member's `memberFacts`, where there is one.
 * `since` is the instant since when its step or message has been owed.
 */
export function stopReason(definition: Definition, since: SQL, clock: Clock, isDeleted: SQL = sql`false`): SQL {
  const trigger: Trigger = triggers.get(definition.trigger.type);
  const exits = definition.exitWhen.map((condition) => holds(condition, clock));
  return sql`
    case when ${memberFacts.memberId} is null or ${memberFacts.isErased} then 'member_gone'
         when ${workflowRuns.status} = 'cancelled' then coalesce(${workflowRuns.reason}, 'workflow_deleted')
         when ${isDeleted} then 'workflow_deleted'
         when ${workflowRuns.status} = 'exited' then 'exited'
         when not ${isInAudience(trigger.audience ?? "active", clock.today)} then 'left_audience'
         when ${exits.length > 0 ? sql.join(exits, sql` or `) : sql`false`} then 'exited'
         when ${since} < ${clock.now}::timestamptz - make_interval(hours => ${trigger.staleAfterHours ?? 48})
         then 'expired_too_late' end`;
}

/**
 * The runs of one version that must go no further, each with its reason: the member is gone or left the audience, the
 * workflow was deleted, an exit condition holds, or it is too late. Asked before the steps of every claim, and before every delivery.
 */
export async function findStops(
  tx: Tx,
  definition: Definition,
  owed: Owed[],
  clock: Clock,
): Promise<Map<number, OutcomeReason>> {
  const { rows } = await tx.execute<{ runId: number; reason: OutcomeReason | null }>(sql`
    select ${workflowRuns.id} as "runId",
           ${stopReason(definition, sql`owed.since`, clock, sql`w.archived_at is not null`)} as reason
    from unnest(
      ${sql.param(owed.map(({ runId }) => runId))}::bigint[],
      ${sql.param(owed.map(({ since }) => since.toISOString()))}::timestamptz[]
    ) as owed (run_id, since)
    join ${workflowRuns} on ${workflowRuns.id} = owed.run_id
    join automation_workflows w on w.id = ${workflowRuns.workflowId}
    left join ${memberFacts} on ${memberFacts.memberId} = ${workflowRuns.memberId}`);
  return new Map(rows.flatMap(({ runId, reason }) => (reason ? [[runId, reason] as const] : [])));
}

/** The same for runs of any versions at once. A version that no longer parses stops its runs. */
export async function findStopsOfRuns(tx: Tx, owed: Owed[], clock: Clock): Promise<Map<number, OutcomeReason>> {
  const versions = await listVersionsOfRuns(
    tx,
    owed.map(({ runId }) => runId),
  );
  const stops = new Map<number, OutcomeReason>();
  for (const version of versions) {
    const runIds = new Set(version.runIds);
    const { definition } = parseDefinition(version);
    const found = definition
      ? await findStops(
          tx,
          definition,
          owed.filter(({ runId }) => runIds.has(runId)),
          clock,
        )
      : version.runIds.map((runId) => [runId, "definition_invalid"] as const);
    for (const [runId, reason] of found) {
      stops.set(runId, reason);
    }
  }
  return stops;
}
