import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m, memberEvents, workflowRuns as r } from "#db/schema/index";
import { defineCondition } from "../define.ts";

export const membershipRenewed = defineCondition({
  type: "membership_renewed",
  label: "Has renewed",
  help: "The membership now ends later than when the workflow started, or never.",
  params: z.object({}),
  // A trigger that is about an end says which; of any other run a renewal since its start is asked for.
  holds: () => sql`case when ${r.facts} ?| array['expires_on', 'expired_on']
    then coalesce(${m.endsOn}, 'infinity') > coalesce(${r.facts} ->> 'expires_on', ${r.facts} ->> 'expired_on')::date
    else exists (select from ${memberEvents} where ${memberEvents.memberId} = ${r.memberId} and ${memberEvents.type} = 'renewed'
                 and ${memberEvents.occurredAt} >= ${r.startedAt}) end`,
});
