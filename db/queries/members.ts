import { sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client";
import type { memberEvents, users } from "../schema/index.ts";

/** What somebody else's system says of a member, beside memberships, consent and tags. */
export type MemberRecord = Pick<
  typeof users.$inferSelect,
  | "id"
  | "externalId"
  | "email"
  | "firstName"
  | "lastName"
  | "phone"
  | "birthDate"
  | "joinDate"
  | "status"
  | "lastFreezeEndedOn"
  | "membershipLevel"
  | "language"
  | "timeZone"
  | "primaryTrainerId"
  | "locationId"
>;

type MemberKey = { id: number; externalId: string | null; email: string | null; isMember: boolean };

/**
 * Who has one of these external ids, or is a member with one of these addresses. Several may share an address. The external
 * id of a record that was merged into another is the other's.
 */
export async function listMemberKeys(db: Db, externalIds: string[], emails: string[]): Promise<MemberKey[]> {
  const columns = sql`coalesce(merged_into_id, id) as id, external_id as "externalId", email, role = 'member' as "isMember"`;
  const { rows } = await db.execute<MemberKey>(sql`
    select ${columns} from users where external_id = any(${sql.param(externalIds)}::text[])
    union all
    select ${columns} from users where lower(email) = any(${sql.param(emails.map((email) => email.toLowerCase()))}::text[])
      and role = 'member' and erased_at is null
      and coalesce(external_id <> all(${sql.param(externalIds)}::text[]), true)`);
  return rows;
}

/** The numbers of whom a person may mean by an external id, or by a number with or without `id:` before it. */
export async function findMemberNamed(db: Db, name: string): Promise<number[]> {
  const [, prefix, digits] = /^(id:)?(\d{1,15})$/.exec(name) ?? [];
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from users where id = ${digits ?? null}::bigint or (external_id = ${name} and ${prefix === undefined}) order by id`);
  return rows.map(({ id }) => id);
}

/** The same as records, kept from other writers until the transaction ends. */
export async function lockMembersByKeys(tx: Tx, externalIds: string[], emails: string[]) {
  type Locked = MemberRecord & { isMember: boolean; lastMembershipOn: string | null; mergedInto: string | null };
  const { rows } = await tx.execute<Locked>(sql`
    select id, external_id as "externalId", email, first_name as "firstName", last_name as "lastName", phone,
           birth_date as "birthDate", join_date as "joinDate", status, last_freeze_ended_on as "lastFreezeEndedOn",
           membership_level as "membershipLevel", language, time_zone as "timeZone",
           primary_trainer_id as "primaryTrainerId", location_id as "locationId", role = 'member' as "isMember",
           (select max(starts_on) from memberships where member_id = users.id) as "lastMembershipOn",
           (select coalesce(external_id, 'number ' || id) from users survivor where survivor.id = users.merged_into_id) as "mergedInto"
    from users where id in (
      select id from users where external_id = any(${sql.param(externalIds)}::text[])
      union all
      select id from users where lower(email) = any(${sql.param(emails.map((email) => email.toLowerCase()))}::text[])
        and role = 'member' and erased_at is null)
    order by id for no key update`);
  return rows;
}

/** Any number that no other lock uses. */
const importLock = 7_316_120_002;

/** Keeps two imports of members apart: nothing in the schema forbids two members with one address. */
export async function lockMemberImport(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${importLock})`);
}

export async function nextMemberIds(tx: Tx, count: number): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(
    sql`select nextval(pg_get_serial_sequence('users', 'id')) as id from generate_series(1, ${count}::int)`,
  );
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** `membershipEndsOn` is of the membership that follows, where it is but one: recordMemberships then finds it right. */
export async function insertMembers(
  tx: Tx,
  members: (MemberRecord & { membershipEndsOn?: string | null })[],
): Promise<void> {
  await tx.execute(sql`
    insert into users (id, external_id, email, first_name, last_name, phone, birth_date, join_date, status,
                       last_freeze_ended_on, membership_level, membership_ends_on, language, time_zone,
                       primary_trainer_id, location_id)
    select id, external_id, email, first_name, last_name, phone, birth_date, join_date, status,
           last_freeze_ended_on, membership_level, membership_ends_on, language, time_zone,
           primary_trainer_id, location_id
    from ${rowsOf(members)} order by id`);
}

export async function updateMembers(tx: Tx, members: MemberRecord[]): Promise<void> {
  await tx.execute(sql`
    update users set
      external_id = given.external_id, email = given.email, first_name = given.first_name,
      last_name = given.last_name, phone = given.phone, birth_date = given.birth_date, join_date = given.join_date,
      status = given.status, last_freeze_ended_on = given.last_freeze_ended_on,
      membership_level = given.membership_level, language = given.language, time_zone = given.time_zone,
      primary_trainer_id = given.primary_trainer_id, location_id = given.location_id, updated_at = now()
    from ${rowsOf(members)} where users.id = given.id`);
}

function rowsOf(members: (MemberRecord & { membershipEndsOn?: string | null })[]) {
  const rows = members.map((member) => ({
    id: member.id,
    external_id: member.externalId,
    email: member.email,
    first_name: member.firstName,
    last_name: member.lastName,
    phone: member.phone,
    birth_date: member.birthDate,
    join_date: member.joinDate,
    status: member.status,
    last_freeze_ended_on: member.lastFreezeEndedOn,
    membership_level: member.membershipLevel,
    membership_ends_on: member.membershipEndsOn,
    language: member.language,
    time_zone: member.timeZone,
    primary_trainer_id: member.primaryTrainerId,
    location_id: member.locationId,
  }));
  return sql`json_populate_recordset(null::users, ${JSON.stringify(rows)}::json) as given`;
}

/** Staff and admins who are still there, by their addresses in lower case. Two may share one: then neither is meant. */
export async function mapStaffByEmail(db: Db, emails: string[]): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ email: string; id: number }>(sql`
    select lower(email) as email, min(id) as id from users
    where lower(email) = any(${sql.param(emails)}::text[])
      and role <> 'member' and archived_at is null and erased_at is null
    group by lower(email) having count(*) = 1`);
  return new Map(rows.map(({ email, id }) => [email, id]));
}

/** The gym's places by name; a name that is new becomes one. */
export async function ensureLocations(tx: Tx, names: string[]): Promise<Map<string, number>> {
  if (names.length === 0) {
    return new Map();
  }
  await tx.execute(sql`
    insert into locations (name)
    select name from unnest(${sql.param(names)}::text[]) as name
    where not exists (select from locations where locations.name = name.name)
    order by name on conflict do nothing`);
  const { rows } = await tx.execute<{ name: string; id: number }>(
    sql`select name, id from locations where name = any(${sql.param(names)}::text[])`,
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** Gives members tags; those who had them keep them. Answers who got a new one. */
export async function tagMembers(tx: Tx, given: { memberId: number; tag: string }[]): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    insert into member_tags (member_id, tag)
    select member_id, tag from unnest(${sql.param(given.map(({ memberId }) => memberId))}::bigint[],
                                      ${sql.param(given.map(({ tag }) => tag))}::text[]) as given (member_id, tag)
    order by member_id, tag on conflict do nothing returning member_id as id`);
  return rows.map(({ id }) => id);
}

export type MemberEvent = Pick<typeof memberEvents.$inferInsert, "memberId" | "type" | "detail">;

export async function recordMemberEvents(tx: Tx, events: MemberEvent[], occurredAt: Date): Promise<void> {
  await tx.execute(sql`
    insert into member_events (member_id, type, detail, occurred_at)
    select member_id, type, detail, ${occurredAt.toISOString()}::timestamptz
    from unnest(${sql.param(events.map(({ memberId }) => memberId))}::bigint[],
                ${sql.param(events.map(({ type }) => type))}::text[],
                ${sql.param(events.map(({ detail }) => JSON.stringify(detail ?? {})))}::jsonb[])
      as given (member_id, type, detail)`);
}
