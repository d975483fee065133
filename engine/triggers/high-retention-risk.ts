import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { defineTrigger } from "../define.ts";
import { isRiskAtLeast } from "../risk.ts";

export const highRetentionRisk = defineTrigger({
  type: "high_retention_risk",
  label: "Is likely to leave",
  help: "Members whose newest risk score is high. A score older than 7 days counts as unknown.",
  params: z.object({
    risk_score_threshold: z
      .number()
      .min(0)
      .max(1)
      .default(0.7)
      .meta({ label: "Risk threshold", help: "From 0 (stays) to 1 (leaves), with a dot: 0.7." }),
  }),
  summarize: ({ risk_score_threshold }) => `has a risk score of at least ${risk_score_threshold}`,
  facts: {
    risk_score: { label: "The risk score, from 0 to 1", sample: "0.82" },
    risk_reasons: { label: "What speaks for it", sample: "Visits dropped by half, no class booked" },
  },

  match: ({ risk_score_threshold }, clock) => ({
    where: isRiskAtLeast(risk_score_threshold, clock),
    facts: {
      risk_score: sql`trim_scale(${m.riskScore})`,
      risk_reasons: sql`(
        select string_agg(reason, ', ' order by position)
        from jsonb_array_elements_text(${m.riskReasons}) with ordinality as reasons (reason, position))`,
    },
  }),
});
