import { type SQL, sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** The kinds of things that acts are about. */
export const auditKinds = [
  "workflow",
  "template",
  "member",
  "message",
  "settings",
  "location",
  "user",
  "complaint_watch",
  "installation",
  "run",
  "import",
  "log",
] as const;

export type AuditKind = (typeof auditKinds)[number];

export type AuditFilter = {
  /** `null`: the command line or the app itself. */
  actorId?: number | null;
  kind?: AuditKind;
  /** With a kind: one thing alone. */
  subjectId?: number;
  from?: Date;
  /** Acts before this instant. */
  until?: Date;
  /** Acts older than this one. */
  beforeId?: number;
};

export type AuditRow = {
  id: number;
  actorId: number | null;
  actor: string | null;
  action: string;
  kind: string;
  subjectId: number | null;
  /** What it is called today. */
  subject: string | null;
  before: unknown;
  after: unknown;
  ip: string | null;
  createdAt: string;
};

const nameOf = (alias: SQL) => sql`nullif(trim(concat_ws(' ', ${alias}.first_name, ${alias}.last_name)), '')`;

/** Who changed what, the newest first. What names the actor and the subject is read for the page's rows alone. */
export async function listAuditEvents(db: Db, filter: AuditFilter, limit: number): Promise<AuditRow[]> {
  const { rows } = await db.execute<AuditRow>(sql`
    with page as (
      select * from audit_events e where ${sql.join(conditionsOf(filter), sql` and `)}
      order by e.created_at desc, e.id desc limit ${limit}
    )
    select e.id, e.actor_id as "actorId", coalesce(${nameOf(sql`actor`)}, sign_in.email) as actor, e.action, e.subject_type as kind,
           e.subject_id as "subjectId", e.before, e.after, e.ip, e.created_at as "createdAt",
           case e.subject_type
             when 'workflow' then (select name from automation_workflows where id = e.subject_id)
             when 'template' then (select name from communication_templates where id = e.subject_id)
             when 'location' then (select name from locations where id = e.subject_id)
             when 'member' then (select ${nameOf(sql`u`)} from users u where u.id = e.subject_id)
             when 'user' then (select ${nameOf(sql`u`)} from users u where u.id = e.subject_id)
           end as subject
    from page e
    left join users actor on actor.id = e.actor_id
    left join auth_users sign_in on sign_in.user_id = e.actor_id
    order by e.created_at desc, e.id desc`);
  return rows;
}

function conditionsOf({ actorId, kind, subjectId, from, until, beforeId }: AuditFilter): SQL[] {
  return [
    sql`true`,
    ...(actorId === undefined ? [] : [actorId === null ? sql`e.actor_id is null` : sql`e.actor_id = ${actorId}`]),
    ...(kind ? [sql`e.subject_type = ${kind}`] : []),
    ...(kind && subjectId !== undefined ? [sql`e.subject_id = ${subjectId}`] : []),
    ...(from ? [sql`e.created_at >= ${from}::timestamptz`] : []),
    ...(until ? [sql`e.created_at < ${until}::timestamptz`] : []),
    ...(beforeId === undefined
      ? []
      : [sql`(e.created_at, e.id) < (select b.created_at, b.id from audit_events b where b.id = ${beforeId})`]),
  ];
}

/** Who has done anything yet, by name. Asked actor by actor of the index, whatever they did. */
export async function listActors(db: Db): Promise<{ id: number; name: string }[]> {
  const { rows } = await db.execute<{ id: number; name: string }>(sql`
    select u.id, coalesce(${nameOf(sql`u`)}, a.email, 'Person ' || u.id) as name
    from users u left join auth_users a on a.user_id = u.id
    where u.role <> 'member' and exists (select from audit_events e where e.actor_id = u.id)
    order by 2, 1`);
  return rows;
}
