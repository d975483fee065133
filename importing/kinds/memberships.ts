import { z } from "zod";
import { type NewMembership, recordMemberships } from "#db/queries/memberships";
import { textCell } from "../cells/cell.ts";
import { contractDayCell } from "../cells/day.ts";
import { emailCell } from "../cells/email.ts";
import { findMembers } from "../find-members.ts";
import { defineKind, type Problem, refuse } from "../kind.ts";

export const memberships = defineKind({
  name: "memberships",
  columns: (context) =>
    z
      .object({
        member_external_id: textCell(200),
        member_email: emailCell(),
        membership_start: contractDayCell(context.dates),
        membership_end: contractDayCell(context.dates),
        membership_level: textCell(100),
      })
      .partial(),
  needs: [["member_external_id", "member_email"], ["membership_start"]],
  dateColumns: ["membership_start", "membership_end"],
  begin: (context) => async (tx, lines) => {
    const problems: Problem[] = [];
    const complete = lines.filter(({ line, row }) => {
      const { membership_start: start, membership_end: end } = row;
      if (!start) {
        problems.push(refuse(line, "membership_start", "", "says which membership it is"));
      } else if (end && end < start) {
        problems.push(refuse(line, "membership_end", end, `lies before its start (${start})`));
      }
      return start && !(end && end < start);
    });
    const { found, problems: unknown } = await findMembers(tx, complete);
    const given = found.map(
      ({ memberId, row }): NewMembership => ({
        memberId,
        startsOn: row.membership_start ?? "",
        endsOn: row.membership_end,
        level: row.membership_level,
      }),
    );
    const { created, updated, unchanged } = await recordMemberships(tx, given, context);
    return { created, updated, unchanged, problems: [...problems, ...unknown] };
  },
});
