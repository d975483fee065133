import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { groupBy } from "#lib/group-by";
import { amounts, emailOf, isVisitor, phoneOf, sideOf, waitSeconds, way } from "./gym.ts";

type Acceptance = { key: string; channel: "email" | "sms"; to: string; body: string };

/** Each counts what must not be; `examples` tells of some. */
export type Verdict = Record<
  | "lost"
  | "doubled"
  | "changedBodies"
  | "outOfOrder"
  | "unfinished"
  | "leased"
  | "unexplained"
  | "cooldowns"
  | "credits",
  number
> & { examples: string[] };

export const flawless: Verdict = {
  lost: 0,
  doubled: 0,
  changedBodies: 0,
  outOfOrder: 0,
  unfinished: 0,
  leased: 0,
  unexplained: 0,
  cooldowns: 0,
  credits: 0,
  examples: [],
};

/**
 * What became of the members 1 … `members`. Of what left the house the provider's file is the judge, of the rest what the
 * member would see; our own logs are asked only whether they say the same.
 */
export async function judge(db: Db, witnessFile: string, members: number): Promise<Verdict> {
  const examples: string[] = [];
  const runs = await readRuns(db);
  const note = (count: number, text: string) => {
    if (count > 0 && examples.length < 12) {
      examples.push(`${count} × ${text}`);
    }
    return count;
  };
  let lost = 0;
  let doubled = 0;
  const compare = (seen: number, from: number, upTo: number, text: string) => {
    lost += note(Math.max(from - seen, 0), `lost: ${text}`);
    doubled += note(Math.max(seen - upTo, 0), `doubled: ${text}`);
  };

  const letters = readWitness(witnessFile);
  for (let number = 1; number <= members; number++) {
    const mine = runs.get(number) ?? [];
    compare(mine.length, 1, 1, `run of member ${number}`);
    const run = mine[0];
    if (!run) {
      continue;
    }
    const side = sideOf(number);
    const mayLeave = isVisitor(number) && run.status === "exited";
    if (!mayLeave && run.status !== "done") {
      lost += note(1, `run of member ${number} is ${run.status} (${run.reason})`);
    }
    for (const { id, kind, side: on } of way) {
      const logs = run.logs.filter(({ step }) => step === id);
      const what = `step ${id} (${kind}) of member ${number}`;
      const isOwed = !on || on === side;
      compare(logs.length, isOwed && !mayLeave ? 1 : 0, isOwed ? 1 : 0, `log of ${what}`);
      const isDone = logs.some(({ success }) => success);
      // Who came to train while a letter was on its way: whether it had left, a person must judge.
      const isOpen = isVisitor(number) && logs.some(({ outcome }) => outcome === "queued");
      const isExcused = isVisitor(number) && logs.some(({ reason }) => reason === "exited");
      if (isOwed && !mayLeave && !isDone && !isOpen && !isExcused) {
        lost += note(1, `${what} says ${logs[0]?.outcome} ${logs[0]?.reason} ${logs[0]?.error}`);
      }
      const seen =
        kind === "send_email"
          ? letters.take("email", emailOf(number))
          : kind === "send_sms"
            ? letters.take("sms", phoneOf(number))
            : run.effects[id];
      if (seen !== undefined) {
        const mayHaveLeft = logs.some(({ outcome }) => outcome === "queued");
        compare(seen, isDone ? 1 : 0, isDone || mayHaveLeft ? 1 : 0, what);
      }
    }
  }
  doubled += note(letters.left(), "handed over to nobody that we know");
  const counts = await readCounts(db);
  for (const [name, count] of Object.entries(counts)) {
    note(count, name);
  }
  return { lost, doubled, changedBodies: letters.changedBodies, ...counts, examples };
}

/** How many letters reached each address, by keys: a provider that knows a key takes its letter once. */
function readWitness(file: string) {
  const byAddress = new Map<string, number>();
  const bodies = new Map<string, string>();
  let changedBodies = 0;
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const { key, channel, to, body }: Acceptance = JSON.parse(line);
    byAddress.set(`${channel} ${to}`, (byAddress.get(`${channel} ${to}`) ?? 0) + 1);
    changedBodies += bodies.has(key) && bodies.get(key) !== body ? 1 : 0;
    bodies.set(key, body);
  }
  return {
    changedBodies,
    take(channel: string, to: string): number {
      const count = byAddress.get(`${channel} ${to}`) ?? 0;
      byAddress.delete(`${channel} ${to}`);
      return count;
    },
    left: () => [...byAddress.values()].reduce((sum, count) => sum + count, 0),
  };
}

type Run = {
  number: number;
  status: string;
  reason: string | null;
  logs: { step: number; outcome: string; success: boolean; reason: string | null; error: string | null }[];
  /** What the member has of each step that leaves something behind. */
  effects: Record<number, number>;
};

async function readRuns(db: Db): Promise<Map<number, Run[]>> {
  // By member, not by run: the schema itself forbids two of one run.
  const { rows } = await db.execute<Run>(sql`
    with logs as (
      select run_id, json_agg(json_build_object('step', step_id, 'outcome', outcome, 'success', success, 'reason', reason,
                                                'error', error_message)) as logs
      from automation_logs group by run_id
    ),
    notified as (select member_id, count(*) as count from notifications group by 1),
    offered as (select member_id, count(*) as count from member_offers group by 1),
    tasked as (select related_member_id as member_id, count(*) as count from staff_tasks group by 1),
    credited as (select member_id, count(*) filter (where amount = ${amounts[6]}) as of_then,
                        count(*) filter (where amount = ${amounts[9]}) as of_else
                 from credit_entries group by 1),
    tagged as (select member_id, count(*) filter (where tag = 'then') as of_then, count(*) filter (where tag = 'else') as of_else,
                      count(*) filter (where tag = 'away') as away from member_tags group by 1)
    select substr(u.first_name, 2)::int as number, r.status, r.reason, coalesce(logs.logs, '[]') as logs,
           json_build_object(1, coalesce(notified.count, 0), 5, coalesce(tagged.of_then, 0), 6, coalesce(credited.of_then, 0),
                             7, coalesce(tagged.of_else, 0), 9, coalesce(credited.of_else, 0), 11, coalesce(offered.count, 0),
                             12, coalesce(tasked.count, 0), 13, 1 - coalesce(tagged.away, 0)) as effects
    from workflow_runs r join users u on u.id = r.member_id
    left join logs on logs.run_id = r.id left join notified on notified.member_id = u.id
    left join offered on offered.member_id = u.id left join tasked on tasked.member_id = u.id
    left join credited on credited.member_id = u.id left join tagged on tagged.member_id = u.id`);
  return groupBy(rows, ({ number }) => number);
}

async function readCounts(db: Db): Promise<Omit<Verdict, "lost" | "doubled" | "changedBodies" | "examples">> {
  const places = way.map(({ id }) => id);
  const waits = way.filter(({ kind }) => kind === "wait").map(({ id }) => id);
  const earned = Object.entries(amounts).map(([step, amount]) => sql`when ${Number(step)} then ${amount}::numeric`);
  const { rows } = await db.execute<
    Record<keyof Omit<Verdict, "lost" | "doubled" | "changedBodies" | "examples">, number>
  >(sql`
    with ordered as (
      select run_id, step_id, executed_at, lag(step_id) over run as step_before, lag(executed_at) over run as before,
             array_position(${sql.param(places)}::int[], step_id) as place,
             array_position(${sql.param(places)}::int[], lag(step_id) over run) as place_before
      from automation_logs window run as (partition by run_id order by id)
    )
    select
      -- Along the definition, at instants that do not go back, and no wait is cut short, whatever a worker's own clock says.
      (select count(*)::int from ordered where place <= place_before or executed_at < before
         or (step_id = any(${sql.param(waits)}::int[]) and executed_at < before + make_interval(secs => ${waitSeconds}))) as "outOfOrder",
      (select count(*)::int from workflow_runs where ended_at is null)
        + (select count(*)::int from communication_logs where status = 'queued')
        + (select count(*)::int from requests where finished_at is null or error is not null)
        + (select count(*)::int from member_events where handled_at is null) as unfinished,
      (select count(*)::int from workflow_runs where lease_until > clock_timestamp())
        + (select count(*)::int from communication_logs where lease_until > clock_timestamp()) as leased,
      (select count(*)::int from workflow_runs where (status = 'done') <> (reason is null))
        + (select count(*)::int from communication_logs where status in ('failed', 'cancelled')
             or (status = 'unconfirmed' and reason <> 'exited')) as unexplained,
      (select count(*)::int from workflow_runs r left join member_workflow_state s using (workflow_id, member_id)
        where s.cooldown_until is distinct from r.started_on + 7)
        + (select count(*)::int from workflow_runs a join workflow_runs b using (workflow_id, member_id)
           where a.id < b.id and b.started_on < a.started_on + 7) as cooldowns,
      (select count(*)::int from (select coalesce(sum(amount), 0) as held from credit_entries) ledger,
         (select coalesce(sum(case step_id ${sql.join(earned, sql` `)} end), 0) as owed from automation_logs
          where success and action_type = 'grant_credits') logged where ledger.held <> logged.owed) as credits`);
  const [counts] = rows;
  if (!counts) {
    throw new Error("The tables answered nothing");
  }
  return counts;
}
