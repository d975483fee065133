import type { MemberRecord } from "#db/queries/members";
import type { Clock } from "#lib/clock";
import type { Candidate, PlannedLine } from "./plan.ts";

type Places = { trainers: Map<string, number>; locations: Map<string, number> };

/**
 * The member as the line leaves it. A column that the file does not have changes nothing and an empty cell clears,
 * except where a member must have a value: identity and status then stay.
 */
export function merge(member: Candidate, planned: PlannedLine, { trainers, locations }: Places, clock: Clock) {
  const { row, membership } = planned;
  const take = <Value>(given: Value | undefined, stored: Value) => (given === undefined ? stored : given);
  const status = row.status ?? member.status;
  const trainer = row.primary_trainer_email === null ? null : row.primary_trainer_email?.toLowerCase();
  const hasMembership = Boolean(membership ?? member.lastMembershipOn);
  return {
    id: member.id,
    externalId: row.external_id ?? member.externalId,
    email: take(row.email, member.email),
    firstName: row.first_name === null ? "" : (row.first_name ?? member.firstName),
    lastName: row.last_name === null ? "" : (row.last_name ?? member.lastName),
    phone: take(row.phone, member.phone),
    birthDate: take(row.birth_date, member.birthDate),
    joinDate: take(row.join_date, member.joinDate),
    status,
    lastFreezeEndedOn: member.status === "frozen" && status === "active" ? clock.today : member.lastFreezeEndedOn,
    // With a membership the level is the membership's, and recordMemberships copies it.
    membershipLevel: hasMembership ? member.membershipLevel : take(row.membership_level, member.membershipLevel),
    language: take(row.language, member.language),
    timeZone: take(row.time_zone, member.timeZone),
    primaryTrainerId: take(resolve(trainer, trainers), member.primaryTrainerId),
    locationId: take(resolve(row.location, locations), member.locationId),
  } satisfies MemberRecord;
}

function resolve(name: string | null | undefined, ids: Map<string, number>): number | null | undefined {
  return name ? (ids.get(name) ?? null) : name === undefined ? undefined : null;
}

export function isSame(stored: Candidate, merged: MemberRecord) {
  return (Object.keys(merged) as (keyof MemberRecord)[]).every((key) => stored[key] === merged[key]);
}
