import type { MemberGroupData } from "#components/dashboard/dashboard-data";
import type { Db } from "#db/client";
import {
  type FigureMember,
  groupDays,
  type MemberFigures,
  type MemberGroup,
  readMemberFigures,
} from "#db/queries/member-figures";
import type { Clock } from "#lib/clock";
import { relativeDay, shortDay } from "#lib/format-time";

type Words = Pick<MemberGroupData, "id" | "title" | "empty" | "href">;

const groups: Record<MemberGroup, Words> = {
  at_risk: { id: "at-risk", title: "High risk", empty: "", href: "/admin/members?state=active&risk=high" },
  away: { id: "away", title: `Away for ${groupDays.away} days`, empty: "Everybody came.", href: null },
  ending: { id: "ending", title: `Ending within ${groupDays.ending} days`, empty: "No membership ends.", href: null },
  joined: { id: "joined", title: `Joined in ${groupDays.joined} days`, empty: "Nobody joined.", href: null },
};

/** The members that an admin wants to know of, group by group; none until they were counted for the first time. */
export async function readMemberGroups(db: Db, { today }: Clock): Promise<MemberGroupData[]> {
  const figures = await readMemberFigures(db);
  return (Object.keys(groups) as MemberGroup[]).flatMap((group) => {
    const counted = figures.find((figure) => figure.group === group);
    // Where nobody scores members it would stay empty for good.
    return counted && (group !== "at_risk" || counted.total > 0) ? [toGroup(group, counted, today)] : [];
  });
}

const toGroup = (group: MemberGroup, { total, members }: MemberFigures, today: string): MemberGroupData => ({
  ...groups[group],
  total,
  members: members.map((member) => ({
    id: member.id,
    name: member.name ?? `Member ${member.id}`,
    note: notes[group](member, today),
  })),
});

const tellVisit = ({ lastVisitOn }: FigureMember, today: string) =>
  lastVisitOn ? `last here ${relativeDay(lastVisitOn, today)}` : "never came";

const notes: Record<MemberGroup, (member: FigureMember, today: string) => string> = {
  at_risk: (member, today) => `${Math.round((member.riskScore ?? 0) * 100)} of 100, ${tellVisit(member, today)}`,
  away: tellVisit,
  ending: ({ endsOn }, today) => (endsOn === today ? "ends today" : endsOn ? `ends ${shortDay(endsOn)}` : "goes on"),
  joined: ({ joinedOn }, today) => (joinedOn ? relativeDay(joinedOn, today) : ""),
};
