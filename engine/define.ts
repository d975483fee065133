import type { SQL } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "#db/client";
import type { Clock } from "#lib/clock";
import type { OutcomeReason } from "#lib/outcome-reasons";

export type { Clock };

/** Whom a trigger may match: members whose membership runs, or those whose membership ended or was cancelled. */
export type Audience = "active" | "former";

/** Calendar days of the gym, both included. */
export type Days = { first: string; last: string };

/** What can happen to a member that must be answered within seconds. */
export type MemberEvent = "joined" | "visited" | "renewed" | "status_changed" | "tag_added";

type Match<Fact extends string> = {
  /** Which members of the audience, as a predicate over `memberFacts`. */
  where: SQL | undefined;
  /** Names the happening. Each is answered once per member; left out, the cooldown alone decides. */
  occurrence?: SQL;
  /** The day of the happening, for a trigger with a window. */
  happensOn?: SQL;
  /** The run whose step made it happen, if one did: workflows that set each other off are stopped by it. */
  causedBy?: SQL;
  /** What templates may say about this match. */
  facts: Record<Fact, SQL>;
};

export type Trigger<
  Type extends string = string,
  Params extends z.ZodObject = z.ZodObject,
  Fact extends string = string,
> = {
  type: Type;
  label: string;
  help: string;
  audience?: Audience;
  /** After how many hours past its time a step or message of such a run is dropped. 48 unless said. */
  staleAfterHours?: number;
  params: Params;
  /** The configured trigger as the end of a sentence: "When a member …". */
  summarize(params: z.output<Params>): string;
  /** Placeholders that this trigger adds to templates, each with a sample for the preview. */
  facts: Record<Fact, { label: string; sample: string }>;
  /**
   * Left out, or null, for a state that lasts. For a happening with a day of its own: how many days before and after
   * it may be answered. A window, not the one day: a night without a sweep must not lose anyone.
   */
  window?(params: z.output<Params>): { daysBefore: number; daysAfter: number } | null;
  /** Events after which a member is matched at once. The sweep is their safety net. */
  startsOn?(params: z.output<Params>): MemberEvent[];
  /** Sweeps pass it over: an admin enrols members. */
  isManual?: boolean;
  /** `days` are the days of the happenings asked for: those that `window` leaves open, or those that went by unanswered. */
  match(params: z.output<Params>, clock: Clock, days: Days): Match<NoInfer<Fact>>;
};

export type Target = { runId: number; memberId: number };

export type Outcome = { runId: number } & (
  | { outcome: "done" | "queued" }
  | { outcome: "skipped"; reason: OutcomeReason }
  | { outcome: "failed"; error: string }
);

/**
 * Fills the placeholders of a text that a step brings along, for each of its runs. Whoever starts the engine hands it
 * in: what is known of a member, and how it is written out in their language, is messaging's.
 */
export type FillText = (tx: Tx, text: StepText) => Promise<Map<number, { text: string } | { error: string }>>;

export type StepText = {
  source: string;
  runIds: number[];
  stepId: number;
  /** In whose language days are written out: each member's, or the gym's. */
  reader: "member" | "staff";
};

export type ActionContext = { tx: Tx; clock: Clock; workflowId: number; stepId: number; fillText?: FillText };

export type Action<Type extends string = string, Params extends z.ZodObject = z.ZodObject> = {
  type: Type;
  label: string;
  help: string;
  params: Params;
  /** Runs one step for a whole batch inside `tx`. Answers for every target; throws only when none could be done. */
  execute(batch: Target[], params: z.output<Params>, context: ActionContext): Promise<Outcome[]>;
};

export type Condition<Type extends string = string, Params extends z.ZodObject = z.ZodObject> = {
  type: Type;
  label: string;
  help: string;
  params: Params;
  /** Whether it holds for a run, as a predicate over `workflowRuns` joined with its member's `memberFacts`. */
  holds(params: z.output<Params>, clock: Clock): SQL;
};

export const done = ({ runId }: Target): Outcome => ({ runId, outcome: "done" });
export const queued = ({ runId }: Target): Outcome => ({ runId, outcome: "queued" });
export const failed = ({ runId }: Target, error: string): Outcome => ({ runId, outcome: "failed", error });
export const skipped = ({ runId }: Target, reason: OutcomeReason): Outcome => ({ runId, outcome: "skipped", reason });

export const defineTrigger = <const Type extends string, Params extends z.ZodObject, Fact extends string>(
  trigger: Trigger<Type, Params, Fact>,
) => trigger;

export const defineAction = <const Type extends string, Params extends z.ZodObject>(action: Action<Type, Params>) =>
  action;

export const defineCondition = <const Type extends string, Params extends z.ZodObject>(
  condition: Condition<Type, Params>,
) => condition;
