import { z } from "zod";
import { defineCondition } from "../define.ts";
import { isRiskAtLeast } from "../risk.ts";

export const riskAtLeast = defineCondition({
  type: "risk_at_least",
  label: "Is likely to leave",
  help: "The member's newest risk score is at least this high, and not older than 7 days.",
  params: z.object({
    score: z
      .number()
      .min(0)
      .max(1)
      .meta({ label: "Risk score", help: "From 0 (stays) to 1 (leaves), with a dot: 0.7." }),
  }),
  holds: ({ score }, clock) => isRiskAtLeast(score, clock),
});
