import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";
import { gymSettings, staffTasks, users, workflowRuns } from "../schema/index.ts";

/** Any number that no other lock uses. */
const assignmentLock = 7_316_120_003;

/**
 * Until the transaction ends nobody else hands out tasks: whose turn it is, and whether a task is open already, is
 * counted from rows that must not change meanwhile.
 */
export async function lockAssignment(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${assignmentLock})`);
}

/** Who of the staff is there on a day, as a predicate over `users u`. */
export const isAvailable = (today: string | SQL) => sql`
  u.role in ('staff', 'admin') and u.archived_at is null and u.erased_at is null
  and (u.absent_until is null or u.absent_until < ${today}::date)`;

export type StaffPerson = { id: number; name: string; hasLeft: boolean };

/** Those of the ids that are of the staff, by id; also who left. */
export async function findStaffByIds(db: Db, ids: number[]): Promise<Map<number, StaffPerson>> {
  if (ids.length === 0) {
    return new Map();
  }
  const { rows } = await db.execute<StaffPerson>(sql`
    select id, trim(first_name || ' ' || last_name) as name, (archived_at is not null or erased_at is not null) as "hasLeft"
    from ${users} where id = any(${sql.param(ids)}::bigint[]) and role in ('staff', 'admin')`);
  return new Map(rows.map((person) => [person.id, person]));
}

/** Who works here now, by name; also who is away for some days. */
export async function listStaffNames(db: Db): Promise<{ id: number; name: string }[]> {
  const { rows } = await db.execute<{ id: number; name: string }>(sql`
    select id, coalesce(nullif(trim(first_name || ' ' || last_name), ''), 'Person ' || id) as name
    from ${users} where role in ('staff', 'admin') and archived_at is null and erased_at is null order by 2, 1`);
  return rows;
}

/** Which of the staff are there to take a task. */
export async function listAvailableStaff(tx: Tx, staffIds: number[], today: string): Promise<Set<number>> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    select u.id from ${users} u where u.id = any(${sql.param(staffIds)}::bigint[]) and ${isAvailable(today)}`);
  return new Set(rows.map(({ id }) => id));
}

/** The members' own trainers, as far as they are there to take a task. */
export async function listAvailableTrainers(tx: Tx, memberIds: number[], today: string): Promise<Map<number, number>> {
  const { rows } = await tx.execute<{ memberId: number; trainerId: number }>(sql`
    select m.id as "memberId", u.id as "trainerId"
    from ${users} m join ${users} u on u.id = m.primary_trainer_id
    where m.id = any(${sql.param(memberIds)}::bigint[]) and ${isAvailable(today)}`);
  return new Map(rows.map(({ memberId, trainerId }) => [memberId, trainerId]));
}

/** Whom the gym named for tasks that nobody else can take, if they are there. */
export async function findDefaultAssignee(tx: Tx, today: string): Promise<number | null> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    select u.id from ${gymSettings} g join ${users} u on u.id = g.default_assignee_id where ${isAvailable(today)}`);
  return rows[0]?.id ?? null;
}

/**
 * Whose turn it is for that many tasks, one after the other: always who has the fewest open tasks then, and among them
 * who has waited longest since their last. Admins have no turn. Empty when nobody is there.
 */
export async function listTurns(tx: Tx, count: number, today: string): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    with staff as (
      select u.id,
             (select count(*) from ${staffTasks} t
              where t.assignee_id = u.id and t.status in ('pending', 'in_progress')) as open,
             (select max(t.created_at) from ${staffTasks} t where t.assignee_id = u.id) as last_at
      from ${users} u where u.role = 'staff' and ${isAvailable(today)}
    )
    select staff.id from staff cross join generate_series(0, ${count}::int - 1) as given
    order by staff.open + given, given, staff.last_at nulls first, staff.id
    limit ${count}::int`);
  return rows.map(({ id }) => id);
}

/** The runs whose step has its task already. */
export async function listRunsWithTask(tx: Tx, stepId: number, runIds: number[]): Promise<Set<number>> {
  const { rows } = await tx.execute<{ runId: number }>(sql`
    select run_id as "runId" from ${staffTasks}
    where step_id = ${stepId} and run_id = any(${sql.param(runIds)}::bigint[])`);
  return new Set(rows.map(({ runId }) => runId));
}

type Wanted = { memberId: number; description: string /** Null: whoever has it. */; assigneeId: number | null };

/**
 * For each wanted task the open one that says the same of the same member, or null: from the same step of the workflow,
 * whoever has it, or in the hands of the wanted assignee.
 */
export async function listSameTasks(
  tx: Tx,
  wanted: Wanted[],
  { workflowId, stepId }: { workflowId: number; stepId: number },
): Promise<(number | null)[]> {
  const { rows } = await tx.execute<{ taskId: number | null }>(sql`
    select (
      select t.id from ${staffTasks} t left join ${workflowRuns} r on r.id = t.run_id
      where t.related_member_id = wanted.member_id and t.description = wanted.description
        and t.status in ('pending', 'in_progress')
        and (t.assignee_id = wanted.assignee_id or (r.workflow_id = ${workflowId} and t.step_id = ${stepId}))
      order by t.id limit 1
    ) as "taskId"
    from unnest(
      ${sql.param(wanted.map(({ memberId }) => memberId))}::bigint[],
      ${sql.param(wanted.map(({ description }) => description))}::text[],
      ${sql.param(wanted.map(({ assigneeId }) => assigneeId))}::bigint[]
    ) with ordinality as wanted (member_id, description, assignee_id, place)
    order by wanted.place`);
  return rows.map(({ taskId }) => taskId);
}

type NewTasks = {
  /** A run's step has one task at most; null where no step asks for it. */
  stepId: number | null;
  tasks: { runId: number | null; memberId: number; assigneeId: number; description: string }[];
  priority: "low" | "medium" | "high";
  /** The gym's day. */
  dueDate: string;
  createdAt: Date;
};

export async function insertTasks(tx: Tx, { stepId, tasks, priority, dueDate, createdAt }: NewTasks): Promise<void> {
  await tx.execute(sql`
    insert into ${staffTasks}
      (assignee_id, related_member_id, run_id, step_id, description, priority, due_date, created_at)
    select assignee_id, member_id, run_id, ${stepId}, description, ${priority}, ${dueDate}, ${createdAt}::timestamptz
    from unnest(
      ${sql.param(tasks.map(({ assigneeId }) => assigneeId))}::bigint[],
      ${sql.param(tasks.map(({ memberId }) => memberId))}::bigint[],
      ${sql.param(tasks.map(({ runId }) => runId))}::bigint[],
      ${sql.param(tasks.map(({ description }) => description))}::text[]
    ) as task (assignee_id, member_id, run_id, description)
    on conflict do nothing`);
}

/** Adds a line of today to the tasks' notes; one that is there already is not said twice. */
export async function noteOnTasks(tx: Tx, taskIds: number[], workflowId: number, today: string): Promise<void> {
  await tx.execute(sql`
    update ${staffTasks} t set note = concat_ws(e'\n', nullif(t.note, ''), line.text)
    from (
      select ${today} || ': asked for again by the workflow “' || name || '”' as text
      from automation_workflows where id = ${workflowId}
    ) as line
    where t.id = any(${sql.param(taskIds)}::bigint[])
      and line.text <> all (string_to_array(coalesce(t.note, ''), e'\n'))`);
}
