import { z } from "zod";
import { type NewVisit, recordVisits } from "#db/queries/visits";
import { cell, textCell } from "../cells/cell.ts";
import { emailCell } from "../cells/email.ts";
import { instantCell } from "../cells/instant.ts";
import { findMembers } from "../find-members.ts";
import { defineKind, refuse } from "../kind.ts";

export const visits = defineKind({
  name: "visits",
  columns: (context) =>
    z
      .object({
        member_external_id: textCell(200),
        member_email: emailCell(),
        visited_at: instantCell(context.dates, context.timeZone),
        kind: cell(readKind),
        class_name: textCell(200),
        external_id: textCell(200),
      })
      .partial(),
  needs: [["member_external_id", "member_email"], ["visited_at"]],
  dateColumns: ["visited_at"],
  begin: (context) => async (tx, lines) => {
    const dated = lines.filter(({ row }) => row.visited_at);
    const undated = lines.filter(({ row }) => !row.visited_at);
    const { found, problems } = await findMembers(tx, dated);
    const given = found.flatMap(({ memberId, row }): NewVisit[] =>
      row.visited_at
        ? [
            {
              memberId,
              visitedAt: row.visited_at,
              kind: row.kind ?? "checkin",
              className: row.class_name ?? undefined,
              externalId: row.external_id ?? undefined,
            },
          ]
        : [],
    );
    const future = given.filter(({ visitedAt }) => visitedAt > context.now).length;
    return {
      ...(await recordVisits(tx, given, context)),
      updated: 0,
      problems: [...problems, ...undated.map(({ line }) => refuse(line, "visited_at", "", "says when the visit was"))],
      notes: { "visits lie in the future: they are stored as they are": future },
    };
  },
});

const words: Record<string, NewVisit["kind"]> = { class: "class", no_show: "no_show", noshow: "no_show" };

/** Words that we do not know are check-ins: somebody was there. */
function readKind(text: string): NewVisit["kind"] {
  return (
    words[
      text
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, "_")
    ] ?? "checkin"
  );
}
