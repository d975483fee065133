import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { findWorkflow, type StoredWorkflow } from "#db/queries/workflows";
import { memberFacts as m } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { AppError } from "#lib/errors";
import { audienceQuery, isInAudience, openDays } from "./audience.ts";
import type { Clock, Trigger } from "./define.ts";
import { type Definition, parseDefinition } from "./definition.ts";
import { listRunRules, type Rule } from "./explain-runs.ts";
import { findProblems } from "./references.ts";
import { judgedQuery } from "./start-runs.ts";
import { triggers } from "./triggers/index.ts";

export type Explanation = {
  memberId: number;
  workflowId: number;
  workflow: string;
  today: string;
  /** Every rule that decides, in the order in which they are asked. */
  rules: Rule[];
  /** Whether a sweep would start it today. */
  wouldStart: boolean;
  /** Whether it starts for nobody but those who are enrolled by hand. */
  isManual: boolean;
  /**
   * The next gym day on which it could, if nothing else happens to the member and their run, if one goes on, does not end.
   * Null when there is none within 400 days, and for a workflow that is off or needs attention.
   */
  nextOn: string | null;
};

const lookAheadDays = 400;

/**
 * Why a workflow starts for a member today, or does not: every rule with what it saw.
 * @throws AppError `not_found`
 */
export async function explain(
  db: Db,
  who: { memberId: number; workflowId: number },
  clock: Clock,
): Promise<Explanation> {
  const workflow = await findWorkflow(db, who.workflowId);
  if (!workflow) {
    throw new AppError("not_found", `There is no workflow ${who.workflowId}.`);
  }
  await requireMember(db, who.memberId);
  const head = { ...who, workflow: workflow.name, today: clock.today };
  const { definition } = parseDefinition(workflow);
  const { problems } = await findProblems(db, workflow);
  const rules = [describeStatus(workflow), describeDefinition(problems)];
  if (!definition) {
    return { ...head, rules, wouldStart: false, isManual: false, nextOn: null };
  }
  const { isManual = false }: Trigger = triggers.get(definition.trigger.type);
  const member = { ...who, workflow, definition };
  const nextOn = rules.every(({ isMet }) => isMet) ? await findNextDay(db, member, clock) : null;
  rules.push(...(await listStartRules(db, member, clock)));
  return { ...head, rules, wouldStart: rules.every(({ isMet }) => isMet), isManual, nextOn };
}

/** The rules that look at the member, in the order in which they are asked. */
export const listStartRules = async (db: Db, member: Asked, clock: Clock): Promise<Rule[]> => [
  await explainAudience(db, member, clock),
  await explainTrigger(db, member, clock),
  ...(await listRunRules(db, member, clock)),
];

export type Asked = { memberId: number; workflowId: number; workflow: StoredWorkflow; definition: Definition };

async function requireMember(db: Db, memberId: number) {
  const { rows } = await db.execute(sql`select from member_facts where member_id = ${memberId}`);
  if (rows.length === 0) {
    throw new AppError("not_found", `There is no member ${memberId}.`);
  }
}

const describeStatus = ({ isEnabled }: StoredWorkflow): Rule => ({
  rule: "status",
  isMet: isEnabled,
  seen: isEnabled ? "The workflow is on" : "The workflow is off",
});

const describeDefinition = (problems: { path: string; message: string }[]): Rule => ({
  rule: "definition",
  isMet: problems.length === 0,
  seen:
    problems.length === 0
      ? "Nothing needs attention"
      : problems.map(({ path, message }) => `${path}: ${message}`).join("; "),
});

async function explainAudience(db: Db, { memberId, definition }: Asked, clock: Clock): Promise<Rule> {
  const trigger: Trigger = triggers.get(definition.trigger.type);
  const audience = trigger.audience ?? "active";
  const { rows } = await db.execute<{ isMet: boolean; seen: string }>(sql`
    select ${isInAudience(audience, clock.today)} as "isMet",
           concat_ws(', ', ${m.status}, 'joined ' || ${m.joinedOn}, 'membership until ' || ${m.endsOn},
                     'paused until ' || ${m.pausedUntil}, case when ${m.isErased} then 'erased' end) as seen
    from ${m} where ${m.memberId} = ${memberId}`);
  const wanted = audience === "active" ? "an active member" : "a former member";
  return { rule: "audience", isMet: rows[0]?.isMet ?? false, seen: `Wants ${wanted}; is ${rows[0]?.seen}` };
}

async function explainTrigger(db: Db, { memberId, definition }: Asked, clock: Clock): Promise<Rule> {
  const trigger: Trigger = triggers.get(definition.trigger.type);
  const { where } = trigger.match(definition.trigger.params, clock, openDays(definition.trigger, clock));
  const { facts } = audienceQuery(definition.trigger, clock);
  const { rows } = await db.execute<{ isMet: boolean; facts: Record<string, unknown> }>(sql`
    select coalesce(${where ?? sql`true`}, false) as "isMet", ${facts} as facts from ${m} where ${m.memberId} = ${memberId}`);
  const seen = Object.entries(rows[0]?.facts ?? {}).map(
    ([name, value]) => `${trigger.facts[name]?.label ?? name}: ${tellFact(value)}`,
  );
  const wanted = trigger.summarize(definition.trigger.params);
  return {
    rule: "trigger",
    isMet: !trigger.isManual && (rows[0]?.isMet ?? false),
    seen: [`Wants a member who ${wanted}`, ...seen].join("; "),
  };
}

function tellFact(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") || "none" : String(value ?? "unknown");
}

/** Asks each coming day as its sweep would, 50 days at a time. */
async function findNextDay(db: Db, { memberId, workflow, definition }: Asked, clock: Clock): Promise<string | null> {
  const trigger: Trigger = triggers.get(definition.trigger.type);
  if (trigger.isManual) {
    return null;
  }
  for (let start = 0; start < lookAheadDays; start += 50) {
    const days = Array.from({ length: 50 }, (_, index) => addDays(clock.today, start + index));
    const asked = days.map((today) => {
      const now = new Date(clock.now.getTime() + (Date.parse(today) - Date.parse(clock.today)));
      const judged = judgedQuery({
        workflow,
        definition,
        clock: { ...clock, today, now },
        among: (id) => sql`${id} = ${memberId}`,
      });
      return sql`select ${today}::text as day, verdict from (${judged}) as judged`;
    });
    const { rows } = await db.execute<{ day: string }>(sql`
      select day from (${sql.join(asked, sql` union all `)}) as days where verdict = 'free' order by day limit 1`);
    if (rows[0]) {
      return rows[0].day;
    }
  }
  return null;
}
