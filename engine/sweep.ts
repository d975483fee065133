import { type SQL, sql } from "drizzle-orm";
import { type Db, isTransaction, type Tx, withFence, withTransaction } from "#db/client";
import { isStatementTimeout, isTransient, rootCause } from "#db/errors";
import { holdLive, listEnabledWorkflows, type StoredWorkflow } from "#db/queries/workflows";
import { explainFailure } from "#lib/explain-failure";
import { mapAtOnce } from "#lib/map-at-once";
import { freeBaselines } from "./baseline.ts";
import { isTooMany } from "./brake.ts";
import type { Clock, Trigger } from "./define.ts";
import type { Problem } from "./definition.ts";
import { countMissed, listMissedDays, recordMissed } from "./missed-days.ts";
import { findProblems } from "./references.ts";
import { judgeStart, type Start, startRuns } from "./start-runs.ts";
import { triggers } from "./triggers/index.ts";

export type SweepCounts = {
  /** The sum of the five that follow. */
  matched: number;
  alreadyAnswered: number;
  baseline: number;
  onCooldown: number;
  held: number;
  started: number;
  /** Happenings that nobody was there to answer, recorded as too late. */
  missed: number;
};

export type WorkflowSweep = SweepCounts & {
  id: number;
  name: string;
  /** Why it was not swept; empty when it was. */
  needsAttention: Problem[];
};

type SweepOptions = {
  /** One workflow alone. */
  workflowId?: number;
  /** Counts and writes nothing. */
  isDryRun?: boolean;
  /** Somebody has confirmed how many there are: nothing is held. */
  noBrake?: boolean;
  origin?: "sweep" | "manual";
  /** The scheduler's own of that day: it owes no other. */
  isScheduled?: boolean;
};

/** Runs that one statement starts at most. Past that a sweep goes chunk by chunk, each its own transaction. */
const chunkSize = 50_000;

const nothing: SweepCounts = {
  matched: 0,
  alreadyAnswered: 0,
  baseline: 0,
  onCooldown: 0,
  held: 0,
  started: 0,
  missed: 0,
};

/** Evaluates enabled workflows over all members and starts the runs that are owed. Any number may go on at once. */
export async function sweep(db: Db, clock: Clock, options: SweepOptions = {}): Promise<WorkflowSweep[]> {
  const workflows = await listEnabledWorkflows(db, options.workflowId);
  const sweeps = await mapAtOnce(workflows, atOnce(db), async (workflow) => {
    const swept = await sweepNewest(db, workflow, clock, options);
    if (swept) {
      await recordSweptDay(db, swept, clock, options);
    }
    return swept;
  });
  return sweeps.filter((swept) => swept !== null);
}

/** Two workflows are swept side by side: one alone would leave all but one processor of the database idle. */
const atOnce = (db: Db) => (isTransaction(db) ? 1 : 2);

/** Somebody changed or switched off the workflow since it was read: what was found is of a version that is no more. */
class Outdated extends Error {}

/** How often a workflow that is changed while it is swept is read anew. After that its day is still owed. */
const readings = 5;

/** Null when it is no longer on, or is changed all the while. */
async function sweepNewest(
  db: Db,
  read: StoredWorkflow,
  clock: Clock,
  options: SweepOptions,
): Promise<WorkflowSweep | null> {
  let workflow: StoredWorkflow | undefined = read;
  for (let reading = 0; workflow && reading < readings; reading++) {
    const { id, name }: StoredWorkflow = workflow;
    const { definition, problems } = await findProblems(db, workflow);
    try {
      const { counts, failure } = definition
        ? await sweepFenced(db, { workflow, definition, clock }, options)
        : { counts: nothing, failure: [] };
      return { id, name, ...counts, needsAttention: [...problems, ...failure] };
    } catch (error) {
      if (!(error instanceof Outdated)) {
        throw error;
      }
      [workflow] = await listEnabledWorkflows(db, id);
    }
  }
  return null;
}

/** One workflow that cannot be swept, on whatever data, must not stand in the way of the others. */
async function sweepFenced(db: Db, start: Start, options: SweepOptions) {
  try {
    return { counts: await withFence(db, (fenced) => sweepWorkflow(fenced, start, options)), failure: [] };
  } catch (error) {
    if (error instanceof Outdated || (isTransient(error) && !isStatementTimeout(error))) {
      throw error;
    }
    const reason = explainFailure(rootCause(error));
    return { counts: nothing, failure: [{ path: "", message: `could not be swept: ${reason}` }] };
  }
}

async function sweepWorkflow(
  db: Db,
  start: Start,
  { isDryRun = false, noBrake = false, origin = "sweep" }: SweepOptions,
): Promise<SweepCounts> {
  const trigger: Trigger = triggers.get(start.definition.trigger.type);
  if (trigger.isManual) {
    return nothing;
  }
  const { free, cuts, hasOpenBaseline, ...judged } = await judgeStart(db, start, chunkSize);
  const isHeld = !noBrake && free > 0 && (await isTooMany(db, start.workflow, free, start.clock));
  const missedDays = await listMissedDays(db, start);
  if (isDryRun) {
    return count(judged, free, isHeld, await countMissed(db, start, missedDays));
  }
  let begun = 0;
  for (const [index, upTo] of (free > 0 ? [...cuts, Number.MAX_SAFE_INTEGER] : []).entries()) {
    const above = cuts[index - 1] ?? 0;
    const among = (id: Parameters<NonNullable<Start["among"]>>[0]) => sql`${id} > ${above} and ${id} <= ${upTo}`;
    begun += await whileLive(db, start, (tx) => startRuns(tx, { ...start, among }, { origin, isHeld }));
  }
  const owesMore = hasOpenBaseline || missedDays.length > 0;
  const missed = !owesMore
    ? 0
    : await whileLive(db, start, async (tx) => {
        await freeBaselines(tx, start);
        return recordMissed(tx, start, missedDays);
      });
  return count(judged, begun, isHeld, missed);
}

/** @throws Outdated: a sweep takes its time, and what it knows of the workflow may be of yesterday by the time it writes. */
const whileLive = (db: Db, { workflow }: Start, work: (tx: Tx) => Promise<number>) =>
  withTransaction(db, async (tx) => {
    if (!(await holdLive(tx, workflow))) {
      throw new Outdated();
    }
    return work(tx);
  });

function count(
  judged: Pick<SweepCounts, "matched" | "alreadyAnswered" | "baseline">,
  begun: number,
  isHeld: boolean,
  missed: number,
): SweepCounts {
  const { matched, alreadyAnswered, baseline } = judged;
  // Who was free and yet not started lost a race against another sweep, and is on its cooldown now.
  const onCooldown = Math.max(matched - alreadyAnswered - baseline - begun, 0);
  const [held, started] = isHeld ? [begun, 0] : [0, begun];
  return {
    matched: alreadyAnswered + baseline + onCooldown + begun,
    alreadyAnswered,
    baseline,
    onCooldown,
    held,
    started,
    missed,
  };
}

/**
 * The gym days that the scheduler still owes: enabled workflows not yet swept today, once the sweep's hour has come.
 * `onSwept` hears of each at once: what it started is due while the others are swept.
 */
export async function sweepIfDue(
  db: Db,
  clock: Clock,
  onSwept: (swept: WorkflowSweep) => void = () => {},
): Promise<WorkflowSweep[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select w.id from automation_workflows w, gym_settings g
    where w.is_enabled and ${clock.now}::timestamptz >= (${clock.today}::date + g.sweep_time) at time zone g.time_zone
      and not exists (select from swept_days d
                      where d.workflow_id = w.id and d.is_scheduled and d.swept_on = ${clock.today}::date)
      -- What somebody has confirmed and nobody has done yet passes the brake: it comes first.
      and not exists (select from requests q
                      where q.workflow_id = w.id and q.type = 'sweep' and q.finished_at is null)
    order by w.id`);
  const sweeps = await mapAtOnce(rows, atOnce(db), async ({ id }) => {
    const swept = await sweep(db, clock, { workflowId: id, isScheduled: true });
    for (const one of swept) {
      onSwept(one);
    }
    return swept;
  });
  return sweeps.flat();
}

/** The scheduler is done with a day also where it found faults; whoever else asks may do so again. */
async function recordSweptDay(
  db: Db,
  { id, name: _, needsAttention, ...counts }: WorkflowSweep,
  clock: Clock,
  { isDryRun, isScheduled = false }: SweepOptions,
) {
  const problems = needsAttention.length;
  if (isDryRun || (problems > 0 && !isScheduled)) {
    return;
  }
  const isBetter = (day: SQL) => sql`coalesce((${day}.counts ->> 'problems')::int, 0) > ${problems}`;
  // Who has nothing to add does not even lock the row: a sweep that finds nothing writes nothing. One that met no fault
  // stands, whichever came first.
  await db.execute(sql`
    insert into swept_days as known (workflow_id, swept_on, is_scheduled, counts, finished_at)
    select ${id}, ${clock.today}::date, ${isScheduled}, ${JSON.stringify({ ...counts, problems })}::jsonb, ${clock.now}::timestamptz
    where not exists (select from swept_days day
                      where workflow_id = ${id} and swept_on = ${clock.today}::date and is_scheduled >= ${isScheduled}
                        and not ${isBetter(sql`day`)})
    on conflict (workflow_id, swept_on) do update
    set is_scheduled = known.is_scheduled or excluded.is_scheduled,
        counts = case when ${problems} = 0 or ${isBetter(sql`known`)} then excluded.counts else known.counts end,
        finished_at = case when ${problems} = 0 or ${isBetter(sql`known`)} then excluded.finished_at else known.finished_at end
    where (excluded.is_scheduled and not known.is_scheduled) or ${isBetter(sql`known`)}`);
}
