import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m, workflowRuns as r } from "#db/schema/index";
import { defineCondition } from "../define.ts";

export const membershipRenewed = defineCondition({
  type: "membership_renewed",
  label: "Has renewed",
  help: "The membership now ends later than when the workflow started, or never.",
  params: z.object({}),
  holds: () => sql`coalesce(${m.endsOn}, 'infinity')
    > coalesce(${r.facts} ->> 'expires_on', ${r.facts} ->> 'expired_on')::date`,
});
