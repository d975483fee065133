import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { sweep, sweepIfDue, type WorkflowSweep } from "#engine/sweep";
import { switchOn } from "#engine/switching";
import type { Clock } from "#lib/clock";
import { loadChanges, loadGym } from "./load.ts";
import type { Counts, Gym, GymDay, Run, SweepResult, Workflow } from "./model.ts";
import { foresee } from "./oracle.ts";

/** The first point at which the engine and the oracle part. */
export type Difference = { day: string; workflowId: number; memberId: number | null; words: string };

type Counted = Omit<SweepResult, "runs">;

/** What sweeps on a gym's day, the first time and again. */
type Sweeper = (clock: Clock, time: number) => Promise<WorkflowSweep[]>;

/** Plays a gym's days in a database that holds nothing else, and says where the engine did otherwise than foreseen. */
export async function findDifference(db: Db, gym: Gym): Promise<Difference | null> {
  // The scheduler sweeps once a day; whoever sweeps again asked for it.
  const counted = await playGym(db, gym, (clock, time) => (time === 0 ? sweepIfDue(db, clock) : sweep(db, clock)));
  const foreseen = foresee(gym);
  return compareRuns(foreseen, await listRuns(db)) ?? compareCounts(foreseen, counted);
}

export async function listRuns(db: Db): Promise<Run[]> {
  const { rows } = await db.execute<Run>(sql`
    select workflow_id as "workflowId", member_id as "memberId", occurrence, started_on::text as "startedOn",
           case when status = 'expired' and reason = 'expired_too_late' and origin = 'missed' then 'expired_too_late'
                when origin = 'sweep' then 'started' else concat_ws(' ', origin, status, reason) end as kind
    from workflow_runs`);
  return rows;
}

/** Returns what each sweep counted, in their order. */
export async function playGym(db: Db, gym: Gym, sweepOnce: Sweeper): Promise<Counted[]> {
  const { timeZone } = gym;
  const clockOf = (day: GymDay, now: Date): Clock => ({ now, today: day.day, timeZone });
  const [first] = gym.days;
  if (!first) {
    return [];
  }
  await loadGym(db, gym, clockOf(first, first.switchedAt));
  const counted: Counted[] = [];
  for (const gymDay of gym.days) {
    const clock = clockOf(gymDay, gymDay.now);
    await loadChanges(db, gymDay.changes, clock);
    for (const { id, includesCurrent } of gym.workflows.filter(({ enabledOn }) => enabledOn === gymDay.day)) {
      const at = clockOf(gymDay, gymDay.switchedAt);
      await switchOn(db, { workflowId: id, includeCurrent: includesCurrent, actorId: null }, at);
    }
    // Whom the switch asks for at once is here left to the day's sweep, which would wait for that.
    await db.execute(sql`delete from requests`);
    for (let time = 0; time < gymDay.sweeps; time++) {
      await endRuns(db, gym.workflows, clock);
      const sweeps = await sweepOnce(clock, time);
      counted.push(...sweeps.map((swept) => ({ day: gymDay.day, workflowId: swept.id, counts: countsOf(swept) })));
    }
  }
  return counted;
}

/** Runs go through their steps elsewhere; here they end on the day that the gym says. */
export async function endRuns(
  db: Db,
  workflows: Pick<Workflow, "id" | "runDays">[],
  { now, today }: Clock,
): Promise<void> {
  await db.execute(sql`
    update workflow_runs set status = 'done', ended_at = ${now}, due_at = null, step_id = null
    from unnest(${sql.param(workflows.map(({ id }) => id))}::bigint[],
                ${sql.param(workflows.map(({ runDays }) => runDays))}::int[]) as given (id, run_days)
    where workflow_id = given.id and ended_at is null and started_on + run_days <= ${today}::date`);
}

const countsOf = ({
  matched,
  alreadyAnswered,
  baseline,
  onCooldown,
  held,
  started,
  missed,
}: WorkflowSweep): Counts => ({
  matched,
  answered: alreadyAnswered,
  baseline,
  cooldown: onCooldown,
  held,
  started,
  missed,
});

const keyOf = ({ workflowId, memberId, occurrence, startedOn, kind }: Run) =>
  [startedOn, workflowId, memberId, occurrence, kind].join(" ");

/** What only one of them has, the earliest first. A run that came twice is one too many. */
export function compareRuns(results: SweepResult[], seen: Run[]): Difference | null {
  const foreseen = results.flatMap(({ runs }) => runs);
  const left = new Map<string, Run[]>();
  for (const run of seen) {
    left.set(keyOf(run), [...(left.get(keyOf(run)) ?? []), run]);
  }
  const missing = foreseen.filter((run) => !left.get(keyOf(run))?.pop());
  const surplus = [...left.values()].flat();
  const different = [...missing, ...surplus].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const [first] = different;
  if (!first) {
    return null;
  }
  const { workflowId, memberId, startedOn: day } = first;
  const about = (runs: Run[]) =>
    runs.filter((run) => run.workflowId === workflowId && run.memberId === memberId).map(inWords);
  const words = [
    `member ${memberId}, workflow ${workflowId}, on ${day} (${different.length} runs differ in all)`,
    `  foreseen: ${about(foreseen).join("; ") || "no run"}`,
    `  engine:   ${about(seen).join("; ") || "no run"}`,
  ];
  return { day, workflowId, memberId, words: words.join("\n") };
}

const inWords = ({ kind, startedOn, occurrence }: Run) =>
  `${kind} on ${startedOn}${occurrence ? ` for ${occurrence}` : ""}`;

function compareCounts(foreseen: SweepResult[], counted: Counted[]): Difference | null {
  for (const [index, { day, workflowId, counts }] of foreseen.entries()) {
    const seen = counted[index];
    const isSame = seen && seen.day === day && seen.workflowId === workflowId;
    if (!isSame || JSON.stringify(seen.counts) !== JSON.stringify(counts)) {
      const words = `workflow ${workflowId}, sweep ${index + 1}, on ${day}\n  foreseen: ${JSON.stringify(counts)}\n  engine:   ${JSON.stringify(seen)}`;
      return { day, workflowId, memberId: null, words };
    }
  }
  return counted.length === foreseen.length
    ? null
    : { day: "", workflowId: 0, memberId: null, words: `${counted.length} sweeps instead of ${foreseen.length}` };
}
