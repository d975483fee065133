import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { baselines, memberFacts, memberWorkflowState, workflowRuns, workflowVersions } from "#db/schema/index";
import { audienceQuery } from "./audience.ts";
import { isTooMany } from "./brake.ts";
import { holds } from "./conditions/index.ts";
import type { Clock, Trigger } from "./define.ts";
import { parseDefinition, type StoredDefinition } from "./definition.ts";
import type { Asked } from "./explain.ts";
import { judgeStart } from "./start-runs.ts";
import { triggers } from "./triggers/index.ts";

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
    await explainBrake(db, asked, open, clock),
    {
      rule: "exit",
      isMet: !open?.exits,
      seen: open ? (open.exits ? "An exit condition holds: the run ends" : "No exit condition holds") : "No run to end",
    },
  ];
}

async function explainBrake(db: Db, asked: Asked, open: OpenRun | null, clock: Clock): Promise<Rule> {
  if (open?.status === "held") {
    return { rule: "brake", isMet: false, seen: `Run ${open.id} is held until an admin approves it` };
  }
  const { isManual }: Trigger = triggers.get(asked.definition.trigger.type);
  if (isManual) {
    return { rule: "brake", isMet: true, seen: "Whom an admin enrols is not held" };
  }
  const { free } = await judgeStart(db, { ...asked, clock }, Number.MAX_SAFE_INTEGER);
  const isTooMuch = await isTooMany(db, asked.workflow, free, clock);
  const seen = `A sweep would start ${free} runs${isTooMuch ? ": unusually many, they would be held" : ""}`;
  return { rule: "brake", isMet: !isTooMuch, seen };
}

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

async function readPast(db: Db, { memberId, workflowId }: Asked, clock: Clock) {
  const { rows } = await db.execute<{ cooldownUntil: string | null }>(sql`
    select cooldown_until::text as "cooldownUntil" from ${memberWorkflowState}
    where workflow_id = ${workflowId} and member_id = ${memberId}`);
  const [run] = await db
    .select({
      id: workflowRuns.id,
      status: workflowRuns.status,
      startedOn: workflowRuns.startedOn,
      version: workflowVersions,
    })
    .from(workflowRuns)
    .innerJoin(workflowVersions, eq(workflowVersions.id, workflowRuns.versionId))
    .where(
      and(eq(workflowRuns.workflowId, workflowId), eq(workflowRuns.memberId, memberId), isNull(workflowRuns.endedAt)),
    );
  const open = run ? { ...run, exits: await exits(db, run, clock) } : null;
  return { cooldownUntil: rows[0]?.cooldownUntil ?? null, open };
}

/** A run goes by the exit conditions of its own version, whatever became of the workflow since. */
async function exits(
  db: Db,
  { id, version }: { id: number; version: StoredDefinition },
  clock: Clock,
): Promise<boolean> {
  const conditions = parseDefinition(version).definition?.exitWhen ?? [];
  if (conditions.length === 0) {
    return false;
  }
  const { rows } = await db.execute<{ exits: boolean }>(sql`
    select ${sql.join(
      conditions.map((condition) => holds(condition, clock)),
      sql` or `,
    )} as exits
    from ${workflowRuns} join ${memberFacts} on ${memberFacts.memberId} = ${workflowRuns.memberId}
    where ${workflowRuns.id} = ${id}`);
  return rows[0]?.exits ?? false;
}
