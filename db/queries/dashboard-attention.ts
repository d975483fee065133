import { type SQL, sql } from "drizzle-orm";
import { one } from "#lib/rows";
import type { Db } from "../client.ts";

/** More than that nobody counts, and the database need not, either. */
export const countedAtMost = 1_000;

const countUpTo = (rows: SQL) => sql`select count(*)::int as count from (${rows} limit ${countedAtMost + 1}) counted`;

async function count(db: Db, rows: SQL): Promise<number> {
  return one((await db.execute<{ count: number }>(countUpTo(rows))).rows).count;
}

export const countHeldRuns = (db: Db): Promise<number> =>
  count(db, sql`select from workflow_runs where status = 'held'`);

/** Tasks that nobody could take, since an instant. */
export const countUnassigned = (db: Db, since: Date): Promise<number> =>
  count(db, sql`select from automation_logs where reason = 'no_assignee' and executed_at >= ${since}::timestamptz`);

export const countOverdueTasks = (db: Db, today: string): Promise<number> =>
  count(db, sql`select from staff_tasks where status in ('pending', 'in_progress') and due_date < ${today}::date`);

export type OpenTask = {
  id: number;
  description: string;
  priority: "low" | "medium" | "high";
  dueDate: string | null;
  assignee: string | null;
  memberId: number | null;
  member: string | null;
};

type TaskFilter = {
  assigneeId?: number /** The gym's day that they were due before. */;
  dueBefore?: string;
  limit: number;
};

/** Open tasks, the longest overdue first, and how many there are. */
export async function listOpenTasks(db: Db, { assigneeId, dueBefore, limit }: TaskFilter) {
  const { rows } = await db.execute<OpenTask & { total: number }>(sql`
    select t.id, t.description, t.priority, t.due_date::text as "dueDate", t.related_member_id as "memberId",
           nullif(trim(concat_ws(' ', a.first_name, a.last_name)), '') as assignee,
           nullif(trim(concat_ws(' ', m.first_name, m.last_name)), '') as member, t.total
    from (
      select *, (count(*) over ())::int as total from staff_tasks
      where status in ('pending', 'in_progress')
        ${assigneeId === undefined ? sql`` : sql`and assignee_id = ${assigneeId}`}
        ${dueBefore === undefined ? sql`` : sql`and due_date < ${dueBefore}::date`}
      order by due_date nulls last, id limit ${limit}
    ) t
    left join users a on a.id = t.assignee_id
    left join users m on m.id = t.related_member_id
    order by t.due_date nulls last, t.id`);
  return { total: rows[0]?.total ?? 0, tasks: rows.map(({ total: _, ...task }): OpenTask => task) };
}

/** Workflows that are there, with what tells whether somebody must look at them. */
export async function listWorkflowStates(db: Db) {
  const { rows } = await db.execute<WorkflowState>(sql`
    select w.id, w.name, w.trigger, w.steps, w.context, w.exit_when as "exitWhen", w.is_enabled as "isEnabled",
           exists (select from workflow_runs r where r.workflow_id = w.id and r.status = 'held') as "hasHeld",
           coalesce((select (counts ->> 'problems')::int from swept_days d where d.workflow_id = w.id
                     order by d.swept_on desc limit 1), 0) as "sweepProblems"
    from automation_workflows w
    where w.archived_at is null and w.live_version_id is not null
    order by w.id`);
  return rows;
}

type WorkflowState = {
  id: number;
  name: string;
  trigger: unknown;
  steps: unknown;
  context: unknown;
  exitWhen: unknown;
  isEnabled: boolean;
  hasHeld: boolean;
  sweepProblems: number;
};
