import { z } from "zod";
import { describeUnstorable } from "#lib/storable";
import "./fields.ts";

const storable = (label: string) =>
  z.string().superRefine((text, check) => {
    const problem = describeUnstorable(text);
    if (problem) {
      check.addIssue({ code: "custom", message: `${label} ${problem}` });
    }
  });

/** What a workflow has beside its definition. */
export const header = z.object({
  name: storable("Name").trim().min(1).max(100).meta({ label: "Name" }),
  description: storable("Description").max(2_000).default("").meta({ label: "Description" }),
  cooldownPeriodDays: z.int().min(0).max(3650).default(7).meta({ label: "Cooldown", unit: "days" }),
});
