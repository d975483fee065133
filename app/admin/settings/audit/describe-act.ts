import type { AuditKind } from "#db/queries/audit-log";

export const kindNames: Record<AuditKind, string> = {
  workflow: "Workflows",
  template: "Templates",
  member: "Members",
  message: "Messages",
  settings: "Settings",
  location: "Locations",
  user: "Staff and sign-ins",
  complaint_watch: "Spam reports",
  installation: "The installation",
  run: "Runs",
  import: "Imports",
  log: "Logs",
};

const acts: Record<string, string> = {
  "workflow.created": "created the workflow",
  "workflow.edited": "published changes of the workflow",
  "workflow.enabled": "switched on the workflow",
  "workflow.disabled": "switched off the workflow",
  "workflow.deleted": "archived the workflow",
  "workflow.restored": "brought back the workflow",
  "workflow.run_now": "let run now the workflow",
  "workflow.enrolled": "enrolled members in the workflow",
  "workflow.held_approved": "let go the held runs of the workflow",
  "workflow.held_discarded": "discarded the held runs of the workflow",
  "workflow.draft_discarded": "discarded the draft of the workflow",
  "workflow.draft_replaced": "wrote over another's draft of the workflow",
  "template.created": "created the template",
  "template.edited": "changed the template",
  "template.archived": "archived the template",
  "template.unarchived": "brought back the template",
  "member.credits_granted": "granted credits to",
  "member.offer_given": "gave an offer to",
  "member.tag_added": "tagged",
  "member.tag_removed": "took a tag from",
  "member.task_created": "made a task about",
  "member.merged": "merged another record into",
  "member.exported": "exported all that is stored about",
  "member.erased": "erased",
  "message.complained": "heard that the reader reported",
  "message.confirmed": "confirmed the arrival of",
  "message.sent_again": "sent again",
  "message.retried": "tried again",
  "message.looked_up": "asked the provider about",
  "run.cancelled": "cancelled the run",
  "run.resumed": "let go on the run",
  "import.started": "began to store the import",
  "import.cancelled": "stopped the import",
  "import.finished": "had stored the import",
  "logs.exported": "exported the logs",
  "complaints.postmaster_figure": "entered Google's figure of spam reports",
  "complaints.marketing_resumed": "let advertising go on",
  "installation.confirmed": "let this copy of the database send",
  "settings.gym_changed": "changed what the gym is called and speaks",
  "settings.time_changed": "changed the time zone or the sweep",
  "settings.brake_changed": "changed the brake",
  "settings.tasks_changed": "changed who gets tasks",
  "settings.sender_changed": "changed the sender",
  "settings.quiet_changed": "changed the quiet hours",
  "settings.caps_changed": "changed how often members hear from the gym",
  "location.added": "added the location",
  "location.renamed": "renamed the location",
  role_changed: "changed the role of",
  admin_created: "made an admin of",
  password_set: "set the password of",
  staff_added: "gave access to",
  staff_removed: "took the access of",
};

/** Without a subject of its own the act says all. */
const isWithoutSubject = (kind: string) => ["settings", "complaint_watch", "installation", "log"].includes(kind);

type Act = { action: string; kind: string; subjectId: number | null; subject: string | null };

/** "switched on the workflow" and "Win back": what was done, and to what. */
export function describeAct({ action, kind, subjectId, subject }: Act) {
  const words = acts[action] ?? action.replace(/[._]/g, " ");
  if (subjectId === null || isWithoutSubject(kind)) {
    return { words, subject: null, href: null };
  }
  return { words, subject: subject ?? `${singular[kind] ?? kind} ${subjectId}`, href: addressOf(kind, subjectId) };
}

const singular: Record<string, string> = {
  workflow: "workflow",
  template: "template",
  member: "member",
  message: "message",
  location: "location",
  user: "person",
  run: "number",
  import: "number",
};

function addressOf(kind: string, id: number): string | null {
  const addresses: Record<string, string> = {
    workflow: `/admin/workflows/${id}`,
    template: `/admin/templates/${id}`,
    member: `/admin/members/${id}`,
    message: `/admin/logs/messages/${id}`,
    run: `/admin/logs/runs/${id}`,
    import: `/admin/members/import/${id}`,
    location: "/admin/settings",
    user: "/admin/settings/staff",
  };
  return addresses[kind] ?? null;
}
