/**
 * Every column that can hold text, sorted by what erasing a member does to it. Erasing works from this list, and a test
 * fails for a column that is in none of its parts.
 */
export const personalData = {
  /** Emptied in the member's own rows, which stay so that counts and ledgers still add up. */
  emptied: {
    users: [
      "external_id",
      "email",
      "first_name",
      "last_name",
      "phone",
      "birth_date",
      "time_zone",
      "membership_level",
      "language",
    ],
    workflow_runs: ["facts"],
    automation_logs: ["error_message"],
    communication_logs: ["recipient", "error_message", "event_data"],
    staff_tasks: ["description", "note", "outcome"],
    member_offers: ["description"],
    credit_entries: ["reason"],
    visits: ["class_name", "external_id"],
    member_stats: ["risk_reasons"],
    memberships: ["level"],
    audit_events: ["before", "after", "ip"],
    requests: ["result", "error", "tag"],
  },
  /** The database makes them from columns that are emptied. */
  derived: { users: ["sort_name", "search_text"] },
  /**
   * Whole rows of the member's go; of `import_problems` those whose value names them (a file itself is kept until its import
   * has ended, for a day at most, and as no text); of `message_bodies` also those of the digests that name them (`staff_digests.member_ids`). */
  deleted: [
    "notifications",
    "message_bodies",
    "message_events",
    "member_tags",
    "import_problems",
    "member_events",
    "risk_scores",
    "consent_events",
    "auth_users",
    "auth_sessions",
    "auth_accounts",
    "auth_verifications",
  ],
  /** Holds nothing of a member's, or nothing that leads back to them. */
  impersonal: {
    users: ["role", "status"],
    gym_settings: "*",
    locations: "*",
    automation_workflows: "*",
    workflow_versions: "*",
    communication_templates: "*",
    template_versions: "*",
    offer_codes: "*",
    baselines: "*",
    swept_days: "*",
    suppressions: "*",
    sign_in_attempts: "*",
    worker_heartbeats: "*",
    provider_accounts: "*",
    // What a template says to all alike.
    body_frames: "*",
    complaint_watch: "*",
    message_figures: "*",
    member_figures: "*",
    installation: "*",
    sent_forms: "*",
    imports: "*",
    workflow_runs: ["occurrence", "status", "reason", "origin"],
    automation_logs: ["action_type", "outcome", "reason", "detail"],
    // By its own name for it a provider tells of a message for days: what it tells is taken, and forgotten.
    communication_logs: ["channel", "class", "language", "status", "reason", "provider", "provider_message_id"],
    staff_tasks: ["status", "priority"],
    member_offers: ["offer_code"],
    visits: ["kind"],
    audit_events: ["action", "subject_type"],
    requests: ["type"],
  },
} as const;
