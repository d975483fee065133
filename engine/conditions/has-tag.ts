import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberTags, workflowRuns as r } from "#db/schema/index";
import { defineCondition } from "../define.ts";

export const hasTag = defineCondition({
  type: "has_tag",
  label: "Has a tag",
  help: "The member has the tag now.",
  params: z.object({
    tag: z.string().trim().min(1).max(50).meta({ label: "Tag" }),
  }),
  holds: ({ tag }) => sql`exists (
    select from ${memberTags} where ${memberTags.memberId} = ${r.memberId} and ${memberTags.tag} = ${tag})`,
});
