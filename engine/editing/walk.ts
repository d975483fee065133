import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { endOfWait, type Wait } from "#db/queries/runs";
import { findTemplate } from "#db/queries/templates";
import { memberFacts, workflowRuns } from "#db/schema/index";
import { calendarDay } from "#lib/calendar";
import { explainReason, type OutcomeReason } from "#lib/outcome-reasons";
import { one } from "#lib/rows";
import type { StepOnTrial, TriedDelivery, TriedMessage } from "#lib/trial";
import { listActionFields } from "../action-fields.ts";
import { type Condition, holds } from "../conditions/index.ts";
import type { Clock } from "../define.ts";
import { type Definition, findPlace, firstOf } from "../definition.ts";
import type { ActionStep, Place } from "../steps.ts";
import { stopReason } from "../stops.ts";
import { describeActionParams, describeStep, type PickName } from "../words.ts";

/** With what it is made of. */
export type SentOnTrial = TriedMessage & {
  channel: "email" | "in_app" | "sms";
  template: { id: number; name: string };
};

export type TriedStep = {
  stepId: number;
  kind: "action" | "wait" | "branch";
  /** "Send an email: Absence", "Wait 3 days", "Decide: has a tag: vip". */
  label: string;
  /** ISO instant at which it would be executed; of a wait, when it ends. */
  at: string;
  outcome: "done" | "skipped" | "failed";
  /** Why it is skipped, or why it failed, in words. */
  reason: string | null;
  /** A message that waits for the end of quiet hours goes out then: ISO instant. */
  waitsUntil: string | null;
  /** Which way a branch goes. */
  side: "then" | "else" | null;
  /** What it does, in words: "Tag: absent". Texts are filled in. */
  effects: { label: string; value: string }[];
  message: SentOnTrial | null;
};

export type TrialEnd = { at: string; status: "done" | "exited"; reason: string | null };

type FoundTemplate = NonNullable<Awaited<ReturnType<typeof findTemplate>>>;

/** What is known of messages and texts is messaging's: whoever starts a trial hands it in. */
export type TrialTools = {
  tryMessage(
    tx: Tx,
    message: StepOnTrial & { template: FoundTemplate; earlier: Date[] },
    clock: Clock,
  ): Promise<TriedDelivery>;
  tryText(tx: Tx, text: StepOnTrial & { source: string }, clock: Clock): Promise<{ text: string } | { error: string }>;
};

export type Walk = {
  run: { workflowId: number; memberId: number; facts: Record<string, unknown> };
  definition: Definition;
  start: Clock;
  nameOf: PickName;
};

/** The path of a run that does not exist, step by step, as the engine would go. */
export async function walk(tx: Tx, given: Walk, tools: TrialTools): Promise<{ steps: TriedStep[]; end: TrialEnd }> {
  const { definition, start } = given;
  const steps: TriedStep[] = [];
  const earlier: Date[] = [];
  let at = start.now;
  let place = findPlace(definition, definition.steps[0]?.id ?? 0);
  while (place) {
    const clock = { ...start, now: at, today: calendarDay(at, start.timeZone) };
    const stop = await findStop(tx, given, clock);
    if (stop) {
      const reason = explainReason(stop);
      steps.push(tell(place, at, given, { outcome: "skipped", reason }));
      return { steps, end: { at: at.toISOString(), status: "exited", reason } };
    }
    const { step } = place;
    let next = place.next;
    let tried: Partial<TriedStep> = {};
    if ("wait" in step) {
      at = await readEnd(tx, at, step.wait, start.timeZone);
    } else if ("branch" in step) {
      const side = (await doesHold(tx, given, step.branch.if, clock)) ? "then" : "else";
      next = firstOf(step.branch[side], place);
      tried = { side };
    } else {
      tried = await tryAction(tx, step, { given, earlier, clock }, tools);
    }
    steps.push(tell(place, at, given, tried));
    place = next === null ? undefined : findPlace(definition, next);
  }
  return { steps, end: { at: at.toISOString(), status: "done", reason: null } };
}

const tell = ({ step }: Place, at: Date, { nameOf }: Walk, tried: Partial<TriedStep>): TriedStep => ({
  ...blank,
  stepId: step.id,
  kind: "action" in step ? "action" : "wait" in step ? "wait" : "branch",
  label: describeStep(step, nameOf),
  at: at.toISOString(),
  ...tried,
});

const blank = {
  outcome: "done",
  reason: null,
  waitsUntil: null,
  side: null,
  effects: [],
  message: null,
} as const satisfies Partial<TriedStep>;

/** Stands in for the rows of `workflow_runs`, under their name: what the engine asks of a run, it asks of this. */
const simulated = ({ run: { workflowId, memberId, facts }, start }: Walk): SQL => sql`(
  select 0::bigint as id, ${workflowId}::bigint as workflow_id, ${memberId}::bigint as member_id, 'active'::text as status, null::text as reason,
         ${JSON.stringify(facts)}::jsonb as facts, ${start.today}::date as started_on, ${start.now}::timestamptz as started_at
) as ${workflowRuns} left join ${memberFacts} on ${memberFacts.memberId} = ${workflowRuns.memberId}`;

async function findStop(tx: Tx, given: Walk, clock: Clock): Promise<OutcomeReason | null> {
  const since = sql`${clock.now}::timestamptz`;
  const { rows } = await tx.execute<{ reason: OutcomeReason | null }>(
    sql`select ${stopReason(given.definition, since, clock)} as reason from ${simulated(given)}`,
  );
  return one(rows).reason;
}

async function doesHold(tx: Tx, given: Walk, condition: Condition, clock: Clock): Promise<boolean> {
  const { rows } = await tx.execute<{ holds: boolean }>(
    sql`select ${holds(condition, clock)} as holds from ${simulated(given)}`,
  );
  return one(rows).holds;
}

async function readEnd(tx: Tx, from: Date, wait: Wait, timeZone: string): Promise<Date> {
  const { rows } = await tx.execute<{ at: string }>(
    sql`select ${endOfWait(sql`${from}::timestamptz`, wait, timeZone)} as at`,
  );
  return new Date(one(rows).at);
}

type Moment = { given: Walk; earlier: Date[]; clock: Clock };

async function tryAction(
  tx: Tx,
  step: ActionStep,
  { given: { run, definition, nameOf }, earlier, clock }: Moment,
  tools: TrialTools,
): Promise<Partial<TriedStep>> {
  const { memberId, facts } = run;
  const values = { memberId, facts, stepId: step.id, workflowContext: definition.context, stepContext: step.context };
  const picked = listActionFields([step]).find(({ meta }) => meta.pick && meta.pick !== "staff");
  const template = picked && (await findTemplate(tx, Number(picked.value)));
  if (template) {
    const { reason, until, error, rendered } = await tools.tryMessage(tx, { ...values, template, earlier }, clock);
    const { id, name, channel } = template;
    if (!reason && !error && template.class === "marketing" && channel !== "in_app") {
      earlier.push(until ?? clock.now);
    }
    return {
      outcome: reason ? "skipped" : error ? "failed" : "done",
      reason: reason ? explainReason(reason) : error,
      waitsUntil: until?.toISOString() ?? null,
      message: rendered && { ...rendered, channel, template: { id, name } },
    };
  }
  const effects: TriedStep["effects"] = [];
  for (const { label, value, holdsPlaceholders } of describeActionParams(
    step.action.type,
    step.action.params,
    nameOf,
  )) {
    const filled = holdsPlaceholders ? await tools.tryText(tx, { ...values, source: value }, clock) : { text: value };
    if ("error" in filled) {
      return { outcome: "failed", reason: filled.error, effects };
    }
    effects.push({ label, value: filled.text });
  }
  return { effects };
}
