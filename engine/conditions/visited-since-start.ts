import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberStats, workflowRuns as r } from "#db/schema/index";
import { defineCondition } from "../define.ts";

export const visitedSinceStart = defineCondition({
  type: "visited_since_start",
  label: "Has come since",
  help: "The member has visited after the workflow started for them.",
  params: z.object({}),
  // A visit before the start that was brought in after it counts, too: the trigger had not known of it.
  holds: () => sql`exists (
    select from ${memberStats}
    where ${memberStats.memberId} = ${r.memberId} and (
      ${memberStats.lastVisitAt} > ${r.startedAt}
      or ${r.facts} ? 'last_visit_on'
         and ${memberStats.lastVisitOn} > coalesce(${r.facts} ->> 'last_visit_on', '-infinity')::date))`,
});
