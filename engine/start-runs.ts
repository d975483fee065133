import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client";
import type { StoredWorkflow } from "#db/queries/workflows";
import { baselines, memberFacts, memberWorkflowState, workflowRuns } from "#db/schema/index";
import { one } from "#lib/rows";
import { audienceQuery } from "./audience.ts";
import type { Clock, Days } from "./define.ts";
import type { Definition } from "./definition.ts";

/** A workflow about to start runs for some members. */
export type Start = {
  workflow: StoredWorkflow;
  definition: Definition;
  clock: Clock;
  /** The part of all members that is looked at, as a predicate over a member's id. All, unless said. */
  among?: (memberId: SQL) => SQL;
  /** The days of the happenings looked at; those that the trigger leaves open, unless said. */
  days?: Days;
};

export type Verdicts = {
  matched: number;
  alreadyAnswered: number;
  baseline: number;
  free: number;
  /** Ids that part the free members into chunks. */
  cuts: number[];
  /** Whether a baseline leaves members out until one sweep finds them not matching. */
  hasOpenBaseline: boolean;
};

/** Workflows may set each other off; a run further down such a chain than this ends before it begins. */
const deepestChain = 5;

/** What a start would find now, counted in the order in which rules keep members out. Writes nothing. */
export async function judgeStart(db: Db, start: Start, chunkSize: number): Promise<Verdicts> {
  const { rows } = await db.execute<Verdicts>(sql`
    with judged as materialized (${judgedQuery(start)})
    select count(*)::int as matched,
           (count(*) filter (where verdict = 'answered'))::int as "alreadyAnswered",
           (count(*) filter (where verdict = 'baseline'))::int as baseline,
           (count(*) filter (where verdict = 'free'))::int as free,
           array(select member_id from (
             select member_id, row_number() over (order by member_id) as place from judged where verdict = 'free'
           ) free where place % ${chunkSize} = 0 order by member_id) as cuts,
           ${hasOpenBaseline(start)} as "hasOpenBaseline"
    from judged`);
  return one(rows);
}

const hasOpenBaseline = ({ workflow, definition, clock }: Start) =>
  audienceQuery(definition.trigger, clock).hasOccurrence
    ? sql`false`
    : sql`exists (select from ${baselines} where workflow_id = ${workflow.id} and occurrence = '')`;

type Origin = { origin: "sweep" | "event" | "manual"; isHeld: boolean };

/**
 * Starts a run for every member that the workflow matches and has not lately had: one statement, however many members.
 * The WHERE of the state's upsert is the cooldown, so that two sweeps at once cannot both pass it. Everything is
 * inserted in member order: two sweeps then lock the same rows in the same order, and the plans stay linear. Held runs
 * owe nothing until an admin approves them.
 */
export async function startRuns(tx: Tx, start: Start, { origin, isHeld }: Origin): Promise<number> {
  const { workflow, definition, clock } = start;
  const { facts, causedBy } = audienceQuery(definition.trigger, clock, undefined, start.days);
  const today = sql`${clock.today}::date`;
  const now = sql`${clock.now}::timestamptz`;
  const depth = causedBy
    ? sql`coalesce((select cause.depth + 1 from ${workflowRuns} cause where cause.id = ${causedBy}), 0)`
    : sql`0`;

  const { rows } = await tx.execute<{ started: number }>(sql`
    with judged as materialized (${judgedQuery(start)}),
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
        (workflow_id, version_id, member_id, occurrence, facts, origin, step_id, started_on, started_at,
         depth, status, reason, due_at, ended_at)
      select ${workflow.id}, ${workflow.liveVersionId}, member_id, occurrence, facts,
             ${origin}, ${definition.steps[0]?.id}, ${today}, ${now},
             depth, ending.status, ending.reason,
             case when ending.status = 'active' then ${now} end, case when ending.status = 'failed' then ${now} end
      from (
        select judged.member_id, judged.occurrence, ${facts} as facts, ${depth} as depth
        from judged join free using (member_id) join ${memberFacts} on ${memberFacts.memberId} = judged.member_id
      ) starting,
      lateral (select case when depth > ${deepestChain} then 'failed' when ${isHeld} then 'held' else 'active' end as status,
                      case when depth > ${deepestChain} then 'loop' end as reason) ending
      order by member_id
      on conflict do nothing
      returning 1
    )
    select count(*)::int as started from begun`);
  return one(rows).started;
}

/** What keeps a member who matches out, or `free`. */
export type Verdict = "answered" | "baseline" | "cooldown" | "free";

type Judging = Pick<Start, "clock" | "among" | "days"> & {
  workflow: Pick<StoredWorkflow, "id">;
  definition: Pick<Definition, "trigger">;
};

/** Each matching member with the first rule that keeps them out, in the order in which they are counted. */
export function judgedQuery({ workflow, definition, clock, among, days }: Judging): SQL {
  const { members, hasOccurrence } = audienceQuery(
    definition.trigger,
    clock,
    among?.(sql`${memberFacts.memberId}`),
    days,
  );
  const isAnswered = hasOccurrence
    ? sql`exists (select from ${workflowRuns} r where r.workflow_id = ${workflow.id} and r.member_id = a.member_id and r.occurrence = a.occurrence)`
    : sql`false`;
  // Baselines and states are joined whole: one look-up a member would cost more than the sweep itself.
  return sql`
    select a.member_id, a.occurrence,
           case when ${isAnswered} then 'answered'
                when b.member_id is not null then 'baseline'
                when s.cooldown_until > ${clock.today}::date then 'cooldown'
                when exists (select from ${workflowRuns} r where r.workflow_id = ${workflow.id} and r.member_id = a.member_id
                             and r.ended_at is null) then 'cooldown'
                else 'free' end as verdict
    from (${members}) a
    left join ${memberWorkflowState} s on s.workflow_id = ${workflow.id} and s.member_id = a.member_id
    left join ${baselines} b on b.workflow_id = ${workflow.id} and b.member_id = a.member_id
                            and b.occurrence = coalesce(a.occurrence, '')`;
}
