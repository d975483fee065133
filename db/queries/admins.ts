import { sql } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";

type Person = { userId: number; role: "admin" | "staff" | "member"; name: string; hasSignIn: boolean };

/**
 * Whose address this is, as far as it says who may run the gym: the owner of the sign-in, else the one admin or
 * member of staff with it. Members who happen to share it do not count.
 */
export async function findByWorkAddress(db: Db, email: string): Promise<Person | null> {
  const { rows } = await db.execute<Person>(sql`
    select u.id as "userId", u.role, trim(u.first_name || ' ' || u.last_name) as name, a.id is not null as "hasSignIn"
    from users u left join auth_users a on a.user_id = u.id
    where (a.email = lower(${email}) or (lower(u.email) = lower(${email}) and u.role <> 'member' and a.id is null))
      and u.archived_at is null and u.erased_at is null
    order by a.id is null, u.role, u.id
    limit 1`);
  return rows[0] ?? null;
}

/** A new person who runs the gym. Returns users.id. */
export async function createAdmin(db: Db, email: string): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into users (role, email) values ('admin', lower(${email})) returning id`);
  const id = rows[0]?.id;
  if (id === undefined) {
    throw new Error("No admin was made");
  }
  return id;
}

/** Gives a person another role; every session they have ends. */
export async function changeRole(tx: Tx, { userId, role }: { userId: number; role: Person["role"] }): Promise<void> {
  await tx.execute(sql`
    with changed as (
      update users set role = ${role}, updated_at = now() where id = ${userId} and role <> ${role} returning id
    )
    delete from auth_sessions s using auth_users a, changed where s.user_id = a.id and a.user_id = changed.id`);
}
