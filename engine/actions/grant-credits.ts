import { z } from "zod";
import { insertCredits } from "#db/queries/credits";
import { defineAction, done } from "../define.ts";
import { fillTexts } from "./fill-texts.ts";

const refusal = "1 to 10,000, at most 2 decimals";

export const grantCredits = defineAction({
  type: "grant_credits",
  label: "Grant credits",
  help: "Adds credits to the member's account; the balance is the sum of all entries.",
  params: z.object({
    amount: z
      .number(refusal)
      .min(1, refusal)
      .max(10_000, refusal)
      .refine((amount) => Number(amount.toFixed(2)) === amount, refusal)
      .meta({ label: "Amount", unit: "credits" }),
    reason: z.string().trim().max(500).nullish().meta({
      label: "Reason",
      help: "The member reads it. Left empty: the workflow's name.",
      holdsPlaceholders: true,
    }),
  }),

  async execute(batch, { amount, reason }, context) {
    const { tx, clock, workflowId, stepId } = context;
    const { ready, failures } = await fillTexts(batch, { source: reason ?? "", reader: "member" }, context);
    const targets = ready.map(({ text, ...target }) => ({ ...target, reason: text }));
    await insertCredits(tx, { workflowId, stepId, amount, targets, createdAt: clock.now });
    return [...ready.map(done), ...failures];
  },
});
