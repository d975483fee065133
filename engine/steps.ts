import { z } from "zod";
import { actions } from "./actions/index.ts";
import { condition } from "./conditions/index.ts";
import { addFaults, checkFields } from "./describe-problem.ts";

type ContextValue = string | number | boolean | null;

const most = { names: 100, nameCharacters: 100, textCharacters: 2000 };

/** Values of the workflow or step that templates may say, beside the trigger's facts. */
export const context = z
  .unknown()
  .transform((value) => value ?? {})
  .refine((value) => countNames(value) <= most.names, {
    error: ({ input }) => `at most ${most.names} names (you gave ${countNames(input)})`,
    abort: true,
  })
  .pipe(
    z.record(
      z.string().max(most.nameCharacters),
      z.custom<ContextValue>(
        isContextValue,
        `a text of up to ${most.textCharacters} characters, a number, true, false or null`,
      ),
      {
        error: ({ code }) =>
          code === "invalid_key"
            ? `a name of up to ${most.nameCharacters} characters`
            : "an object of names, each with its value",
      },
    ),
  )
  .meta({ label: "Context" });

const countNames = (value: unknown) => (typeof value === "object" && value !== null ? Object.keys(value).length : 0);

function isContextValue(value: unknown): boolean {
  return typeof value === "string"
    ? value.length <= most.textCharacters
    : Number.isFinite(value) || typeof value === "boolean" || value === null;
}

/** Unique in the whole workflow, branches included. Runs keep it in an `integer`. */
const id = z.int().positive().max(2_147_483_647).meta({ label: "Step id" });

const actionStep = z.strictObject({ id, action: actions.schema, context: context.default({}) });

const atMost = (label: string, most: number) => z.int().min(1).max(most).meta({ label }).optional();

/** Days end at the same wall-clock time that many gym days later; hours and minutes are elapsed time, after the days. */
export const wait = z
  .strictObject({ days: atMost("Days", 365), hours: atMost("Hours", 8_760), minutes: atMost("Minutes", 525_600) })
  .refine(({ days, hours, minutes }) => days || hours || minutes, "A wait needs days, hours or minutes")
  .meta({ label: "Wait" });

const waitStep = z.strictObject({ id, wait, context: context.default({}) });

const branchStep = z.strictObject({
  id,
  branch: z
    .strictObject({
      if: condition,
      then: z.lazy(() => steps),
      else: z.lazy(() => steps),
    })
    .meta({ label: "Branch" }),
  context: context.default({}),
});

export type ActionStep = z.output<typeof actionStep>;
export type WaitStep = z.output<typeof waitStep>;
export type BranchStep = {
  id: number;
  branch: { if: z.output<typeof condition>; then: Step[]; else: Step[] };
  context: z.output<typeof context>;
};
export type Step = ActionStep | WaitStep | BranchStep;

const kinds = { action: actionStep, wait: waitStep, branch: branchStep };

/** One of the kinds, by the key that it carries: its own problems are told, not those of the kinds that it is not. */
const step: z.ZodType<Step> = z.unknown().transform((value, check): Step => {
  const kind = Object.keys(kinds).find((key) => typeof value === "object" && value !== null && key in value);
  if (!kind) {
    return addFaults(check, [{ path: [], message: "A step has an action, a wait or a branch" }]);
  }
  const { data, faults } = checkFields(kinds[kind as keyof typeof kinds], value);
  return data ? (data as Step) : addFaults(check, faults);
});

export const steps: z.ZodType<Step[]> = z.array(step).default([]).meta({ label: "Steps" });

/** Every step with where a run goes from it: to what follows beside it, else to what follows the branch it is in. */
export type Place = { step: Step; next: number | null; path: string; depth: number };

export function layOut(steps: Step[], after: number | null = null, path = "steps", depth = 1): Place[] {
  return steps.flatMap((step, index) => {
    const next = steps[index + 1]?.id ?? after;
    const here = { step, next, path: `${path}.${index}`, depth };
    if (!("branch" in step)) {
      return [here];
    }
    const sides = (["then", "else"] as const).flatMap((side) =>
      layOut(step.branch[side], next, `${here.path}.branch.${side}`, depth + 1),
    );
    return [here, ...sides];
  });
}
