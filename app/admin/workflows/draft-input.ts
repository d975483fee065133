import { z } from "zod";

export const workflowId = z.int().positive();

/** A form brings it along: sent twice, it is done once. */
export const token = z.uuid();

/** Whatever its parts are, each is kept as it is: what is wrong with them is told, and by `saveDraft` alone. */
export const draft = z.strictObject({
  name: z.string(),
  description: z.string(),
  cooldownPeriodDays: z.number().nullable(),
  trigger: z.unknown(),
  steps: z.unknown(),
  context: z.unknown(),
  exitWhen: z.unknown(),
});

export const atRevision = z.strictObject({ workflowId, revision: z.int().positive() });

export const trial = z.strictObject({
  workflowId,
  draft,
  memberId: z.int().positive(),
  date: z.iso.date("Choose a day"),
});

export const trialOfStep = trial.extend({ stepId: z.int().positive() });
