import { type SQL, sql } from "drizzle-orm";
import { memberValues } from "#lib/templates/placeholders";

/** All that placeholders may say about a member within a run, as it is stored. */
export type ValueSource = {
  firstName: string;
  lastName: string;
  email: string | null;
  membershipLevel: string | null;
  joinDate: string | null;
  memberLanguage: string | null;
  facts: Record<string, unknown> | null;
  workflowContext: Record<string, unknown> | null;
  stepContext: Record<string, unknown> | null;
};

/** Of the member, who is `users u`. */
export const memberColumns = sql`
  coalesce(u.first_name, '') as "firstName", coalesce(u.last_name, '') as "lastName", nullif(trim(u.email), '') as email,
  u.membership_level as "membershipLevel", u.join_date as "joinDate", u.language as "memberLanguage"`;

/** Of the run and its version, which are `workflow_runs r` and `workflow_versions v`; a step may lie in a branch. */
export const contextOf = (stepId: SQL | number): SQL => sql`
  r.facts, v.context as "workflowContext",
  jsonb_path_query_first(v.steps, '$.** ? (@.id == $id && (exists(@.action) || exists(@.wait) || exists(@.branch))).context',
                         jsonb_build_object('id', ${stepId}::int)) as "stepContext"`;

/** Later wins: the trigger's facts, the workflow's context, the step's. */
export const valuesOf = (source: ValueSource): Record<string, unknown> => ({
  ...memberValues(source),
  ...source.facts,
  ...source.workflowContext,
  ...source.stepContext,
});
