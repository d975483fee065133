import { type SQL, sql } from "drizzle-orm";
import { addressHash } from "./address-hash.ts";
import { personalData } from "./personal-data.ts";

/** A table that holds what is a member's own, or was said of them. */
export type PersonalTable = (typeof personalData.deleted)[number] | keyof typeof personalData.emptied;

export const personalTables: PersonalTable[] = [
  ...personalData.deleted,
  ...(Object.keys(personalData.emptied) as (keyof typeof personalData.emptied)[]),
];

const ownMessages = (ids: SQL) => sql`select id from communication_logs where member_id = any(${ids})`;
const ownSignIns = (ids: SQL) => sql`select id from auth_users where user_id = any(${ids})`;
const ownAddress = (ids: SQL, matches: SQL) =>
  sql`exists (select from users u where u.id = any(${ids}) and u.email <> '' and ${matches})`;

/** Where it is not `member_id` that names the member. */
const otherwise: Partial<Record<PersonalTable, (ids: SQL) => SQL>> = {
  users: (ids) => sql`id = any(${ids})`,
  staff_tasks: (ids) => sql`related_member_id = any(${ids})`,
  audit_events: (ids) => sql`((subject_type = 'member' and subject_id = any(${ids})) or actor_id = any(${ids}))`,
  message_bodies: (ids) => sql`message_id in (${ownMessages(ids)})`,
  // What a provider told of no message of ours names the address at most.
  message_events: (ids) =>
    sql`(message_id in (${ownMessages(ids)}) or (message_id is null and ${ownAddress(
      ids,
      sql`(message_events.address_hash = ${addressHash(sql`u.email`)} or strpos(lower(message_events.body), lower(trim(u.email))) > 0)`,
    )}))`,
  import_problems: (ids) => sql`exists (
    select from users u where u.id = any(${ids}) and (
      import_problems.value in (u.external_id, u.phone)
      or u.email <> '' and strpos(lower(import_problems.value), lower(trim(u.email))) > 0))`,
  auth_users: (ids) => sql`user_id = any(${ids})`,
  auth_sessions: (ids) => sql`user_id in (${ownSignIns(ids)})`,
  auth_accounts: (ids) => sql`user_id in (${ownSignIns(ids)})`,
  auth_verifications: (ids) =>
    ownAddress(
      ids,
      sql`strpos(lower(auth_verifications.identifier || ' ' || auth_verifications.value), lower(trim(u.email))) > 0`,
    ),
};

/** Which rows of a table are of the people whose ids, `bigint[]`, are given: all records of one member. */
export const isOfMember = (table: PersonalTable, ids: SQL): SQL =>
  otherwise[table]?.(ids) ?? sql`member_id = any(${ids})`;
