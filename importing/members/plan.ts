import type { MemberRecord } from "#db/queries/members";
import type { NewMembership } from "#db/queries/memberships";
import { isRefusal, type MemberIndex } from "../identity.ts";
import { type ImportContext, type Line, type Problem, refuse } from "../kind.ts";
import type { MemberRow } from "./columns.ts";
import type { SeenLines } from "./seen-lines.ts";

/** A member as stored, or as a line makes one: then the id comes when all of a chunk are known. */
export type Candidate = MemberRecord & {
  isMember: boolean;
  lastMembershipOn: string | null;
  /** Not stored: made by this chunk, or by an earlier one of a dry run. */
  isNew: boolean;
  /** The line of this file that named it, if one of this chunk did. */
  line?: number;
  /** The memberships that lines of this chunk gave it. */
  starts?: (string | null)[];
};

/** What a good line will do. */
export type PlannedLine = {
  line: number;
  row: MemberRow;
  member: Candidate;
  /** Plain fields and consent are taken from the first line of a member alone. */
  isFirst: boolean;
  membership: Omit<NewMembership, "memberId"> | null;
};

type Lookups = {
  index: MemberIndex<Candidate>;
  trainers: Map<string, number>;
  seen: SeenLines;
  context: ImportContext;
};

/** Says of one line what it will do, or why it cannot. */
export function planLine({ line, row }: Line<MemberRow>, lookups: Lookups): PlannedLine | Problem {
  const { external_id: externalId, email, primary_trainer_email: trainer } = row;
  if (!externalId && !email) {
    return refuse(line, "external_id" in row ? "external_id" : "email", "", "this or the email says who it is");
  }
  if (trainer && !lookups.trainers.has(trainer.toLowerCase())) {
    return refuse(line, "primary_trainer_email", trainer, "no trainer has this address: create the trainer first");
  }
  const found = lookups.index.find(externalId, email);
  if (isRefusal(found)) {
    return refuse(line, found.column, found.column === "email" ? email : externalId, found.reason);
  }
  const member = found ?? newMember(row);
  const membership = planMembership(row, member, lookups.context);
  if (membership?.endsOn && membership.endsOn < membership.startsOn) {
    return refuse(line, "membership_end", membership.endsOn, `lies before its start (${membership.startsOn})`);
  }
  const earlier = findEarlier(member, row.membership_start ?? null, lookups.seen);
  if (earlier !== undefined) {
    const column = externalId && member.externalId === externalId ? "external_id" : "email";
    const value = column === "email" ? email : externalId;
    return refuse(line, column, value, `Lines ${earlier} and ${line}: same ${column}; the first was taken`);
  }
  const isFirst = member.line === undefined && lookups.seen.firstLine(member.id) === undefined;
  if (!found) {
    lookups.index.add(member);
  }
  member.line ??= line;
  member.starts = [...(member.starts ?? []), row.membership_start ?? null];
  return { line, row, member, isFirst, membership };
}

/** The line that said the same of this member before, if one did. */
function findEarlier(member: Candidate, startsOn: string | null, seen: SeenLines): number | undefined {
  if (member.line !== undefined && (startsOn === null || member.starts?.includes(startsOn))) {
    return member.line;
  }
  return seen.lineOfMembership(member.id, startsOn);
}

/**
 * The membership that a line gives or corrects. One that names no first day speaks of the member's last membership;
 * of a member who has none yet, it began when the member joined. An empty first day with an empty end says nothing.
 */
function planMembership(row: MemberRow, member: Candidate, context: ImportContext): PlannedLine["membership"] {
  const { membership_start: start, membership_end: end, membership_level: level } = row;
  const endsOn = start === null && end === null ? undefined : end;
  const saysNothing = !start && endsOn === undefined && level === undefined;
  const known = start ?? member.lastMembershipOn;
  if (known) {
    return saysNothing ? null : { startsOn: known, endsOn, level };
  }
  const joinedOn = row.join_date ?? member.joinDate ?? context.today;
  const startsOn = endsOn && endsOn < joinedOn ? endsOn : joinedOn;
  return endsOn ? { startsOn, endsOn, level } : null;
}

function newMember(row: MemberRow): Candidate {
  return {
    id: Number.NaN,
    externalId: row.external_id ?? null,
    email: row.email ?? null,
    firstName: "",
    lastName: "",
    phone: null,
    birthDate: null,
    joinDate: null,
    status: "active",
    lastFreezeEndedOn: null,
    membershipLevel: null,
    language: null,
    timeZone: null,
    primaryTrainerId: null,
    locationId: null,
    isMember: true,
    lastMembershipOn: null,
    isNew: true,
  };
}
