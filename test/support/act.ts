import { sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client";
import { workflowRuns } from "#db/schema/index";
import { actions } from "#engine/actions/index";
import type { Action, Clock, Outcome, Target } from "#engine/define";
import { fillText } from "./journey.ts";

/** A run at its first step for each of the members, in their order. */
export async function startRuns(db: Db, workflowId: number, memberIds: number[], clock: Clock): Promise<Target[]> {
  const { rows } = await db.execute<Target>(sql`
    insert into ${workflowRuns} (workflow_id, version_id, member_id, step_id, started_on, started_at, due_at)
    select w.id, w.live_version_id, member_id, 1, ${clock.today}, ${clock.now}::timestamptz, ${clock.now}::timestamptz
    from automation_workflows w, unnest(${sql.param(memberIds)}::bigint[]) with ordinality as m (member_id, place)
    where w.id = ${workflowId} order by place
    returning id as "runId", member_id as "memberId"`);
  return rows;
}

type Step = { type: string; params?: Record<string, unknown>; workflowId: number; stepId?: number; clock: Clock };

/** What an action answers for a batch, its parameters read as those of a stored step are. */
export async function act(tx: Tx, batch: Target[], step: Step): Promise<Outcome[]> {
  const { type, params, workflowId, stepId = 1, clock } = step;
  const config = actions.schema.parse({ type, params });
  const action: Action = actions.get(type);
  return action.execute(batch, config.params, { tx, clock, workflowId, stepId, fillText });
}

/** The words in which a step's parameters are refused, by field; empty for parameters that are fine. */
export function refusalsOf(type: string, params: Record<string, unknown>): Record<string, string> {
  const parsed = actions.schema.safeParse({ type, params });
  return Object.fromEntries((parsed.error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));
}
