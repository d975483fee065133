import { z } from "zod";
import { actions } from "./actions/index.ts";
import { conditions } from "./conditions/index.ts";
import { triggers } from "./triggers/index.ts";

/** Values of the workflow or step that templates may say, beside the trigger's facts. */
const context = z.record(z.string().max(100), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]));

const step = z.strictObject({
  /** Unique in the whole workflow. */
  id: z.int().positive(),
  action: actions.schema,
  context: context.default({}),
});

const definition = z.object({
  trigger: triggers.schema,
  steps: z
    .array(step)
    .min(1, "A workflow needs 1 to 50 steps")
    .max(50, "A workflow needs 1 to 50 steps")
    .superRefine((steps, check) => {
      const seen = new Set<number>();
      for (const [index, { id }] of steps.entries()) {
        if (seen.has(id)) {
          check.addIssue({ code: "custom", path: [index, "id"], message: `Step id ${id} is used twice` });
        }
        seen.add(id);
      }
    }),
  context: context.default({}),
  exitWhen: z.array(conditions.schema).max(20).default([]),
});

export type Definition = z.output<typeof definition>;
export type Step = Definition["steps"][number];

/** A workflow's parts as they are stored: JSON that may come from anywhere. */
export type StoredDefinition = { trigger: unknown; steps: unknown; context: unknown; exitWhen: unknown };

export type Problem = { path: string; message: string };

/** Parses stored parts. What does not parse comes back as problems, all at once, each with the path of its field. */
export function parseDefinition(
  stored: StoredDefinition,
): { definition: Definition; problems: [] } | { definition: null; problems: Problem[] } {
  const { trigger, steps, context, exitWhen } = stored;
  const parsed = definition.safeParse({ trigger, steps, context, exitWhen });
  if (parsed.success) {
    return { definition: parsed.data, problems: [] };
  }
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return { definition: null, problems };
}

/** The step that follows, or null after the last. */
export function stepAfter({ steps }: Definition, stepId: number): Step | null {
  const index = steps.findIndex(({ id }) => id === stepId);
  return steps[index + 1] ?? null;
}
