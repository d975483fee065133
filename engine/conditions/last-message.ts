import { type SQL, sql } from "drizzle-orm";
import { communicationLogs as c, workflowRuns as r } from "#db/schema/index";

/**
 * Whether the run's newest email or SMS has come to one of these. What never left – skipped, failed, cancelled – is not
 * the last that the member was sent; and in-app notifications tell nothing of this kind.
 */
export const hasLastMessageCome = (to: readonly ("opened" | "clicked")[]): SQL => sql`(
  select ${c.status} in ${to} from ${c}
  where ${c.runId} = ${r.id} and ${c.channel} in ('email', 'sms')
    and ${c.status} not in ('skipped', 'failed', 'cancelled')
  order by ${c.queuedAt} desc, ${c.id} desc limit 1)`;
