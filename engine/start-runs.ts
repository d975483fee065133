import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import type { StoredWorkflow } from "#db/queries/workflows";
import { baselines, memberFacts, memberWorkflowState, workflowRuns } from "#db/schema/index";
import { one } from "#lib/rows";
import { audienceQuery } from "./audience.ts";
import type { Clock } from "./define.ts";
import type { Definition } from "./definition.ts";

export type SweepCounts = {
  /** The sum of the others. */
  matched: number;
  started: number;
  onCooldown: number;
  alreadyAnswered: number;
  baseline: number;
  held: number;
};

type Start = {
  workflow: StoredWorkflow;
  definition: Definition;
  clock: Clock;
  /** The part of all members that this statement looks at, by id. */
  members: { above: number; upTo: number };
  isDryRun: boolean;
  origin: "sweep" | "manual";
};

/**
 * Starts a run for every member that the workflow matches and has not lately had: one statement, however many members.
 * The WHERE of the state's upsert is the cooldown, so that two sweeps at once cannot both pass it. Everything is
 * inserted in member order: two sweeps then lock the same rows in the same order, and the plans stay linear.
 */
export async function startRuns(tx: Tx, { workflow, definition, clock, members, isDryRun, origin }: Start) {
  const range = sql`${memberFacts.memberId} > ${members.above} and ${memberFacts.memberId} <= ${members.upTo}`;
  const audience = audienceQuery(definition.trigger, clock, range);
  const judged = judgedQuery(workflow.id, audience.members, audience.hasOccurrence, clock);
  const today = sql`${clock.today}::date`;

  const writing = sql`
    , freed as (
      delete from ${baselines} b
      where ${!audience.hasOccurrence} and b.workflow_id = ${workflow.id} and b.occurrence = ''
        and b.member_id > ${members.above} and b.member_id <= ${members.upTo}
        and not exists (select from judged j where j.member_id = b.member_id)
    ),
    free as (
      insert into ${memberWorkflowState} as state (workflow_id, member_id, cooldown_until)
      select ${workflow.id}, member_id, ${today} + greatest(${workflow.cooldownPeriodDays}::int, 1)
      from judged where verdict = 'free' order by member_id
      on conflict (workflow_id, member_id) do update set cooldown_until = excluded.cooldown_until
      where state.cooldown_until <= ${today}
      returning member_id
    ),
    begun as (
      insert into ${workflowRuns}
        (workflow_id, version_id, member_id, occurrence, facts, origin, step_id, started_on, started_at, due_at)
      select ${workflow.id}, ${workflow.liveVersionId}, judged.member_id, judged.occurrence, ${audience.facts},
             ${origin}, ${definition.steps[0]?.id}, ${today}, ${clock.now}::timestamptz, ${clock.now}::timestamptz
      from judged join free using (member_id) join ${memberFacts} on ${memberFacts.memberId} = judged.member_id
      order by judged.member_id
      on conflict do nothing
      returning 1
    )`;

  const { rows } = await tx.execute<Omit<SweepCounts, "onCooldown" | "held"> & { free: number }>(sql`
    with judged as materialized (${judged}) ${isDryRun ? sql`` : writing}
    select count(*)::int as matched,
           (count(*) filter (where verdict = 'answered'))::int as "alreadyAnswered",
           (count(*) filter (where verdict = 'baseline'))::int as baseline,
           (count(*) filter (where verdict = 'free'))::int as free,
           ${isDryRun ? sql`count(*) filter (where verdict = 'free')` : sql`(select count(*) from begun)`}::int as started
    from judged`);
  const { free: _, ...counts } = one(rows);
  const { matched, alreadyAnswered, baseline, started } = counts;
  // Who was free and yet not started lost a race against another sweep, and is on its cooldown now.
  return { ...counts, held: 0, onCooldown: matched - alreadyAnswered - baseline - started };
}

/** Each matching member with the first rule that keeps them out, in the order in which they are counted. */
function judgedQuery(workflowId: number, audience: SQL, hasOccurrence: boolean, { today }: Clock): SQL {
  const isAnswered = hasOccurrence
    ? sql`exists (select from ${workflowRuns} r where r.workflow_id = ${workflowId} and r.member_id = a.member_id and r.occurrence = a.occurrence)`
    : sql`false`;
  return sql`
    select a.member_id, a.occurrence,
           case when ${isAnswered} then 'answered'
                when exists (select from ${baselines} b where b.workflow_id = ${workflowId} and b.member_id = a.member_id
                             and b.occurrence = coalesce(a.occurrence, '')) then 'baseline'
                when s.cooldown_until > ${today}::date then 'cooldown'
                when exists (select from ${workflowRuns} r where r.workflow_id = ${workflowId} and r.member_id = a.member_id
                             and r.ended_at is null) then 'cooldown'
                else 'free' end as verdict
    from (${audience}) a
    left join ${memberWorkflowState} s on s.workflow_id = ${workflowId} and s.member_id = a.member_id`;
}
