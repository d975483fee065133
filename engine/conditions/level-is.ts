import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { defineCondition } from "../define.ts";

export const levelIs = defineCondition({
  type: "level_is",
  label: "Has a membership level",
  help: "Upper and lower case make no difference.",
  params: z.object({
    level: z.string().trim().min(1).max(100).meta({ label: "Level" }),
  }),
  holds: ({ level }) => sql`lower(trim(${m.level})) = lower(${level})`,
});
