import { sql } from "drizzle-orm";
import { type Db, type Tx, withReadOnly } from "#db/client";
import { findWorkflow } from "#db/queries/workflows";
import { memberFacts, users } from "#db/schema/index";
import { addDays, calendarDay } from "#lib/calendar";
import { AppError } from "#lib/errors";
import { one } from "#lib/rows";
import { audienceQuery } from "../audience.ts";
import type { Clock } from "../define.ts";
import type { Definition } from "../definition.ts";
import { listStartRules } from "../explain.ts";
import type { Rule } from "../explain-runs.ts";
import { findProblems } from "../references.ts";
import { fieldsOf } from "../require-workflow.ts";
import type { Draft } from "./draft.ts";
import { readPickNames } from "./pick-names.ts";
import { type TrialEnd, type TrialTools, type TriedStep, walk } from "./walk.ts";

/** What a workflow would do for a member who entered it on a day. */
export type Trial = {
  memberId: number;
  name: string;
  /** The gym's day. */
  date: string;
  /** The rules that decide whether it would start, with what they saw. */
  rules: Rule[];
  wouldStart: boolean;
  /** The path all the same, as if it started. It stops where a rule ends the run. */
  steps: TriedStep[];
  end: TrialEnd;
};

type Asked = {
  workflowId: number;
  /** As it is edited: it has to be sound to be tried. */
  draft: Draft;
  memberId: number;
  /** A day of the gym, from a year back to a year ahead. */
  date: string;
};

const patienceMs = 10_000;

/**
 * Goes through a draft for one member, and writes nothing: the database would not let it. What is not known yet – a visit to
 * come, a message to be opened – is taken not to happen.
 * @throws AppError `invalid` with the draft's problems by field, or for the date; `not_found`.
 */
export async function tryWorkflow(db: Db, asked: Asked, tools: TrialTools, clock: Clock): Promise<Trial> {
  const { memberId, workflowId, draft, date } = asked;
  if (date < addDays(clock.today, -366) || date > addDays(clock.today, 366)) {
    throw new AppError("invalid", "Choose a day within a year from today.", { date: "A day within a year from today" });
  }
  return withReadOnly(db, { timeoutMs: patienceMs }, async (tx) => {
    const { definition, problems } = await findProblems(tx, draft);
    if (!definition) {
      throw new AppError("invalid", "Put right what is marked, then try it.", fieldsOf(problems));
    }
    const stored = await findWorkflow(tx, workflowId);
    if (!stored) {
      throw new AppError("not_found", `There is no workflow ${workflowId}, or not any more.`);
    }
    const name = await readName(tx, memberId);
    const start = await clockOn(tx, date, clock);
    const workflow = { ...stored, cooldownPeriodDays: draft.cooldownPeriodDays ?? stored.cooldownPeriodDays };
    const rules = await listStartRules(tx, { memberId, workflowId, workflow, definition }, start);
    const run = { workflowId, memberId, facts: await readFacts(tx, definition, memberId, start) };
    const path = await walk(tx, { run, definition, start, nameOf: await readPickNames(tx, [draft]) }, tools);
    return { memberId, name, date, rules, wouldStart: rules.every(({ isMet }) => isMet), ...path };
  });
}

async function readName(tx: Tx, memberId: number): Promise<string> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select trim(concat_ws(' ', first_name, last_name)) as name from ${users}
    where id = ${memberId} and role = 'member' and erased_at is null`);
  if (!rows[0]) {
    throw new AppError("not_found", `There is no member ${memberId}.`);
  }
  return rows[0].name || `Member ${memberId}`;
}

/** Now, if it is today; else when that day's sweep comes. */
async function clockOn(tx: Tx, date: string, clock: Clock): Promise<Clock> {
  if (date === clock.today) {
    return clock;
  }
  const { rows } = await tx.execute<{ at: string }>(
    sql`select (${date}::date + sweep_time) at time zone time_zone as at from gym_settings`,
  );
  const now = new Date(one(rows).at);
  return { ...clock, now, today: calendarDay(now, clock.timeZone) };
}

async function readFacts(tx: Tx, definition: Definition, memberId: number, clock: Clock) {
  const { facts } = audienceQuery(definition.trigger, clock);
  const { rows } = await tx.execute<{ facts: Record<string, unknown> }>(
    sql`select ${facts} as facts from ${memberFacts} where ${memberFacts.memberId} = ${memberId}`,
  );
  return one(rows).facts;
}
