import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { baselines, memberFacts, memberWorkflowState, workflowRuns } from "#db/schema/index";
import { audienceQuery } from "./audience.ts";
import { isTooMany } from "./brake.ts";
import { holds } from "./conditions/index.ts";
import type { Clock } from "./define.ts";
import type { Asked } from "./explain.ts";
import { judgeStart } from "./start-runs.ts";

export type Rule = {
  rule: "status" | "definition" | "audience" | "trigger" | "occurrence" | "cooldown" | "unfinished" | "brake" | "exit";
  isMet: boolean;
  /** What was seen, in words. */
  seen: string;
};

/** The rules that look at what the workflow did for the member before. */
export async function listRunRules(db: Db, asked: Asked, clock: Clock): Promise<Rule[]> {
  const [occurrence, past] = [await explainOccurrence(db, asked, clock), await readPast(db, asked, clock)];
  const isCool = past.cooldownUntil === null || past.cooldownUntil <= clock.today;
  const open = past.open;
  const { free } = await judgeStart(db, { ...asked, clock }, Number.MAX_SAFE_INTEGER);
  const isTooMuch = await isTooMany(db, asked.workflow, free, clock);
  return [
    occurrence,
    {
      rule: "cooldown",
      isMet: isCool,
      seen: past.cooldownUntil === null ? "Never had it" : `${isCool ? "Over since" : "Until"} ${past.cooldownUntil}`,
    },
    {
      rule: "unfinished",
      isMet: open === null,
      seen: open ? `Run ${open.id} since ${open.startedOn} is ${open.status}` : "No run is going on",
    },
    {
      rule: "brake",
      isMet: open?.status !== "held" && !isTooMuch,
      seen:
        open?.status === "held" ? `Run ${open.id} is held until an admin approves it` : describeBrake(free, isTooMuch),
    },
    {
      rule: "exit",
      isMet: !open?.exits,
      seen: open ? (open.exits ? "An exit condition holds: the run ends" : "No exit condition holds") : "No run to end",
    },
  ];
}

const describeBrake = (free: number, isTooMuch: boolean) =>
  `A sweep would start ${free} runs${isTooMuch ? ": unusually many, they would be held" : ""}`;

async function explainOccurrence(db: Db, { memberId, workflowId, definition }: Asked, clock: Clock): Promise<Rule> {
  const { members } = audienceQuery(definition.trigger, clock, sql`${memberFacts.memberId} = ${memberId}`);
  const { rows } = await db.execute<{
    occurrence: string | null;
    answeredOn: string | null;
    reason: string | null;
    isBaseline: boolean;
  }>(sql`
    select a.occurrence, r.started_on::text as "answeredOn", r.reason, b.member_id is not null as "isBaseline"
    from (select ${memberId}::bigint as member_id) who left join (${members}) a using (member_id)
    left join ${workflowRuns} r on r.workflow_id = ${workflowId} and r.member_id = a.member_id and r.occurrence = a.occurrence
    left join ${baselines} b on b.workflow_id = ${workflowId} and b.member_id = who.member_id and b.occurrence = coalesce(a.occurrence, '')`);
  const { occurrence = null, answeredOn = null, isBaseline = false } = rows[0] ?? {};
  if (isBaseline) {
    const seen = "Matched already when the workflow was switched on, as only from now on";
    return { rule: "occurrence", isMet: false, seen };
  }
  if (answeredOn) {
    const how = rows[0]?.reason === "expired_too_late" ? "was recorded as too late" : "was answered";
    return { rule: "occurrence", isMet: false, seen: `${occurrence} ${how} on ${answeredOn}` };
  }
  return {
    rule: "occurrence",
    isMet: true,
    seen: occurrence ? `${occurrence} is not answered yet` : "Nothing to answer once only",
  };
}

type OpenRun = { id: number; status: string; startedOn: string; exits: boolean };

async function readPast(db: Db, { memberId, workflowId, definition }: Asked, clock: Clock) {
  const exits = definition.exitWhen.map((condition) => holds(condition, clock));
  const { rows } = await db.execute<{ cooldownUntil: string | null }>(sql`
    select cooldown_until::text as "cooldownUntil" from ${memberWorkflowState}
    where workflow_id = ${workflowId} and member_id = ${memberId}`);
  const { rows: runs } = await db.execute<OpenRun>(sql`
    select ${workflowRuns.id}, ${workflowRuns.status}, ${workflowRuns.startedOn}::text as "startedOn",
           ${exits.length > 0 ? sql`(${sql.join(exits, sql` or `)})` : sql`false`} as exits
    from ${workflowRuns} join ${memberFacts} on ${memberFacts.memberId} = ${workflowRuns.memberId}
    where ${workflowRuns.workflowId} = ${workflowId} and ${workflowRuns.memberId} = ${memberId} and ${workflowRuns.endedAt} is null`);
  return { cooldownUntil: rows[0]?.cooldownUntil ?? null, open: runs[0] ?? null };
}
