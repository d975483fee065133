import { z } from "zod";
import { condition } from "./conditions/index.ts";
import { context, layOut, type Place, type Step, steps } from "./steps.ts";
import { triggers } from "./triggers/index.ts";

const limits = { steps: 50, depth: 5, nesting: 60 };

const definition = z.object({
  trigger: triggers.schema,
  steps: steps.superRefine((steps, check) => {
    const places = layOut(steps);
    if (places.length < 1 || places.length > limits.steps) {
      check.addIssue({
        code: "custom",
        message: `A workflow needs 1 to ${limits.steps} steps, and has ${places.length}`,
      });
    }
    const seen = new Set<number>();
    for (const { step, path, depth } of places) {
      const at = path.split(".").slice(1);
      if (seen.has(step.id)) {
        check.addIssue({ code: "custom", path: [...at, "id"], message: `Step id ${step.id} is used twice` });
      }
      if (depth > limits.depth) {
        check.addIssue({ code: "custom", path: at, message: `Branches nest ${limits.depth} deep at most` });
      }
      seen.add(step.id);
    }
  }),
  context: context.default({}),
  exitWhen: z.array(condition).max(20).default([]),
});

export type Definition = z.output<typeof definition>;

/** A workflow's parts as they are stored: JSON that may come from anywhere. */
export type StoredDefinition = { trigger: unknown; steps: unknown; context: unknown; exitWhen: unknown };

export type Problem = { path: string; message: string };

/** Parses stored parts. What does not parse comes back as problems, all at once, each with the path of its field. */
export function parseDefinition(
  stored: StoredDefinition,
): { definition: Definition; problems: [] } | { definition: null; problems: Problem[] } {
  const { trigger, steps, context, exitWhen } = stored;
  if (isDeeperThan(limits.nesting, [trigger, steps, context, exitWhen])) {
    return {
      definition: null,
      problems: [{ path: "steps", message: "The definition is nested too deeply to be read" }],
    };
  }
  const parsed = definition.safeParse({ trigger, steps, context, exitWhen });
  if (parsed.success) {
    return { definition: parsed.data, problems: [] };
  }
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return { definition: null, problems };
}

/** A recursive parser would run out of stack on what this finds. */
function isDeeperThan(levels: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth++) {
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return level.length > 0;
}

/** A step with where a run goes from it, or undefined when the definition has no such step. */
export const findPlace = ({ steps }: Definition, stepId: number): Place | undefined =>
  layOut(steps).find(({ step }) => step.id === stepId);

/** Where a branch leads: the first step of that side, else what follows the branch. */
export const firstOf = (side: Step[], { next }: Place): number | null => side[0]?.id ?? next;
