import { z } from "zod";
import { condition } from "./conditions/index.ts";
import { checkFields, type Fault, shorten } from "./describe-problem.ts";
import { describePlace, fieldOf, limits, listRawSteps } from "./raw-steps.ts";
import { inspectJson } from "./readable.ts";
import { context, layOut, type Place, type Step, steps } from "./steps.ts";
import { triggers } from "./triggers/index.ts";

const definition = z.object({
  trigger: triggers.schema,
  steps,
  context: context.default({}),
  exitWhen: z.array(condition).max(20).default([]).meta({ label: "Exit conditions" }),
});

export type Definition = z.output<typeof definition>;

/** A workflow's parts as they are stored: JSON that may come from anywhere. */
export type StoredDefinition = { trigger: unknown; steps: unknown; context: unknown; exitWhen: unknown };

/** `message` is a sentence of its own: it names the step and the field, what is allowed there and what was given. */
export type Problem = { path: string; message: string };

/** Parses stored parts. What does not parse comes back as problems, all at once, each with the path of its field. */
export function parseDefinition(
  stored: StoredDefinition,
): { definition: Definition; problems: [] } | { definition: null; problems: Problem[] } {
  const { trigger, steps, context, exitWhen } = stored;
  const parts = { trigger, steps, context, exitWhen };
  const { isReadable, problems } = inspectJson(parts);
  if (!isReadable) {
    return { definition: null, problems };
  }
  const { data, faults } = checkFields(definition, parts);
  const all = [...problems, ...[...faults, ...findStepFaults(steps)].map((fault) => locate(fault, parts))];
  return data && all.length === 0 ? { definition: data, problems: [] } : { definition: null, problems: all };
}

/** Of the raw steps: one that is wrong in itself hides nothing of what is wrong with all of them. */
function findStepFaults(steps: unknown = []): Fault[] {
  const places = listRawSteps(steps);
  const faults: Fault[] = [];
  if (Array.isArray(steps) && (places.length < 1 || places.length > limits.steps)) {
    faults.push({
      path: ["steps"],
      message:
        places.length === 0
          ? "A workflow needs at least one step"
          : `A workflow has at most ${limits.steps} steps, and this one has ${places.length}`,
    });
  }
  const seen = new Set<unknown>();
  for (const { value, path, depth } of places) {
    const id = fieldOf(value, "id");
    if (typeof id === "number" && seen.has(id)) {
      faults.push({ path: ["steps", ...path, "id"], message: `Step id: ${id} is used twice; each step has its own` });
    }
    if (depth > limits.depth) {
      faults.push({ path: ["steps", ...path], message: `Branches nest ${limits.depth} deep at most` });
    }
    seen.add(id);
  }
  return faults;
}

export function locate({ path, message }: Fault, parts: { steps: unknown; exitWhen?: unknown }): Problem {
  const place = describePlace(path, parts);
  // In the stored shape's own word, whoever reads it.
  const stored = path[0] === "exitWhen" ? ["exit_when", ...path.slice(1)] : path;
  return { path: stored.join("."), message: shorten(place ? `${place}: ${message}` : message) };
}

/** A step with where a run goes from it, or undefined when the definition has no such step. */
export const findPlace = ({ steps }: Definition, stepId: number): Place | undefined =>
  layOut(steps).find(({ step }) => step.id === stepId);

/** Where a branch leads: the first step of that side, else what follows the branch. */
export const firstOf = (side: Step[], { next }: Place): number | null => side[0]?.id ?? next;
