/**
 * Every column that names a member, by what becomes of it when two records of one member are merged. Merging works from
 * this list, and a test fails for a reference to `users` that is in none of its parts.
 */
export const memberReferences = {
  /** Name the survivor from then on, row by row. */
  moved: [
    "users.primary_trainer_id",
    "users.merged_into_id",
    "automation_logs.member_id",
    "communication_templates.updated_by",
    "automation_workflows.updated_by",
    "automation_workflows.revised_by",
    "staff_tasks.assignee_id",
    "staff_tasks.related_member_id",
    "notifications.member_id",
    "credit_entries.member_id",
    "credit_entries.created_by",
    "requests.requested_by",
  ],
  /** The same, but where the survivor has what says the same already, or where another may have the row in hand. */
  merged: [
    "workflow_runs.member_id",
    "communication_logs.member_id",
    "member_workflow_state.member_id",
    "baselines.member_id",
    "member_tags.member_id",
    "visits.member_id",
    "member_stats.member_id",
    "memberships.member_id",
    "risk_scores.member_id",
    "member_offers.member_id",
    "member_events.member_id",
    "requests.member_id",
  ],
  /** Stay as they were written: what still counts is said again by the survivor. */
  kept: ["consent_events.member_id", "staff_digests.user_id"],
  /** The rows go. */
  ended: ["auth_users.user_id"],
} as const;
