import { sql } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";

export type StaffRole = "staff" | "admin";

export type ListedStaff = {
  id: number;
  name: string;
  email: string | null;
  role: StaffRole;
  /** The gym's day up to which they are away. */
  absentUntil: string | null;
  openTasks: number;
  /** ISO instant of their last look, where somebody is signed in. */
  seenAt: string | null;
};

const isHere = sql`u.role in ('staff', 'admin') and u.archived_at is null and u.erased_at is null`;

const staffName = sql`coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), a.email, u.email, 'Person ' || u.id)`;

/** Who works here, by name. */
export async function listStaff(db: Db): Promise<ListedStaff[]> {
  const { rows } = await db.execute<ListedStaff>(sql`
    select u.id, ${staffName} as name, coalesce(a.email, u.email) as email, u.role, u.absent_until::text as "absentUntil",
           (select count(*)::int from staff_tasks t
            where t.assignee_id = u.id and t.status in ('pending', 'in_progress')) as "openTasks",
           (select max(s.updated_at) from auth_sessions s where s.user_id = a.id) as "seenAt"
    from users u left join auth_users a on a.user_id = u.id
    where ${isHere}
    order by lower(${staffName}), u.id`);
  return rows;
}

export type StaffMember = {
  id: number;
  name: string;
  role: StaffRole;
  hasMembership: boolean;
  isDefaultAssignee: boolean;
};

/** Somebody who works here; null for anybody else. Until the transaction ends their role is theirs. */
export async function lockStaff(tx: Tx, userId: number): Promise<StaffMember | null> {
  const { rows } = await tx.execute<StaffMember>(sql`
    select u.id, ${staffName} as name, u.role, exists (select from memberships m where m.member_id = u.id) as "hasMembership",
           exists (select from gym_settings where default_assignee_id = u.id) as "isDefaultAssignee"
    from users u left join auth_users a on a.user_id = u.id
    where u.id = ${userId} and ${isHere}
    for no key update of u`);
  return rows[0] ?? null;
}

/** All who may run the gym. Until the transaction ends there is no fewer: whoever wants to take a role waits. */
export async function lockAdmins(tx: Tx): Promise<Set<number>> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    select u.id from users u where u.role = 'admin' and ${isHere} order by u.id for no key update`);
  return new Set(rows.map(({ id }) => id));
}

/** A new person who works here. Returns users.id. */
export async function insertStaff(
  tx: Tx,
  person: { email: string; firstName: string; lastName: string; role: StaffRole },
): Promise<number> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    insert into users (role, email, first_name, last_name)
    values (${person.role}, lower(${person.email}), ${person.firstName}, ${person.lastName}) returning id`);
  const id = rows[0]?.id;
  if (id === undefined) {
    throw new Error("Nobody was added");
  }
  return id;
}

/** Who left: their sign-in opens nothing any more, and what they did stays theirs. */
export async function archiveStaff(tx: Tx, userId: number): Promise<void> {
  await tx.execute(sql`update users set archived_at = now(), updated_at = now() where id = ${userId}`);
  await tx.execute(sql`
    delete from auth_sessions s using auth_users a where s.user_id = a.id and a.user_id = ${userId}`);
}

/** Returns how many there were. */
export async function handOverTasks(tx: Tx, { from, to }: { from: number; to: number }): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update staff_tasks set assignee_id = ${to} where assignee_id = ${from} and status in ('pending', 'in_progress')`);
  return rowCount ?? 0;
}
