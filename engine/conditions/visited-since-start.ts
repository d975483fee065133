import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberStats, workflowRuns as r } from "#db/schema/index";
import { defineCondition } from "../define.ts";

export const visitedSinceStart = defineCondition({
  type: "visited_since_start",
  label: "Has come since",
  help: "The member has visited after the workflow started for them.",
  params: z.object({}),
  holds: () => sql`exists (
    select from ${memberStats} where ${memberStats.memberId} = ${r.memberId} and ${memberStats.lastVisitAt} > ${r.startedAt})`,
});
