import type { MemberRow } from "#components/members/member-row";
import type { Db } from "#db/client";
import { type ListedMember, listMembers } from "#db/queries/member-list";
import { readClock } from "#engine/clock";
import { relativeDay } from "#lib/format-time";
import { type MemberQuery, pageAddress, toFilter, toPlace } from "./member-filter.ts";
import { describeRisk, describeState } from "./member-words.ts";

const pageSize = 50;

type MemberPage = { rows: MemberRow[]; previous: string | null; next: string | null };

/** A page of members, and the addresses of those beside it. */
export async function readMembers(db: Db, query: MemberQuery, now?: Date): Promise<MemberPage> {
  const { today } = await readClock(db, now);
  const place = toPlace(query);
  const isBackwards = place.beforeId !== undefined;
  // One more than a page is read, to know whether there are others in that direction.
  const found = await listMembers(db, { filter: toFilter(query), place, limit: pageSize + 1, today });
  const hasMore = found.length > pageSize;
  const members = isBackwards ? found.slice(0, pageSize).reverse() : found.slice(0, pageSize);
  const hasPrevious = isBackwards ? hasMore : place.afterId !== undefined;
  const [first, last] = [members[0], members.at(-1)];
  return {
    rows: members.map((member) => describeMember(member, today)),
    previous: hasPrevious && first ? pageAddress(query, { before: first.id }) : null,
    next: (isBackwards || hasMore) && last ? pageAddress(query, { after: last.id }) : null,
  };
}

function describeMember(member: ListedMember, today: string): MemberRow {
  const { state, tone, note } = describeState(member, today);
  return {
    id: member.id,
    name: member.name ?? `Member ${member.id}`,
    contact: [member.email, member.phone].filter(Boolean).join(" · "),
    state,
    stateTone: tone,
    stateNote: note,
    level: member.level,
    trainer: member.trainer,
    lastVisit: member.lastVisitOn ? relativeDay(member.lastVisitOn, today) : "never",
    risk: describeRisk(member.riskScore),
    tags: member.tags,
  };
}
