import { z } from "zod";
import { type NewRiskScore, recordRiskScores } from "#db/queries/risk-scores";
import { textCell } from "../cells/cell.ts";
import { emailCell } from "../cells/email.ts";
import { instantCell } from "../cells/instant.ts";
import { listCell, scoreCell } from "../cells/words.ts";
import { findMembers } from "../find-members.ts";
import { defineKind, type Problem, refuse } from "../kind.ts";

export const risk = defineKind({
  name: "risk",
  columns: (context) =>
    z
      .object({
        member_external_id: textCell(200),
        member_email: emailCell(),
        score: scoreCell(),
        scored_at: instantCell(context.dates, context.timeZone),
        reasons: listCell(200),
      })
      .partial(),
  needs: [["member_external_id", "member_email"], ["score"], ["scored_at"]],
  dateColumns: ["scored_at"],
  begin: () => async (tx, lines) => {
    const problems: Problem[] = [];
    const { found, problems: unknown } = await findMembers(tx, lines);
    const given = found.flatMap(({ line, row, memberId }): NewRiskScore[] => {
      const { score, scored_at: scoredAt, reasons } = row;
      if (score === null || score === undefined || !scoredAt) {
        problems.push(refuse(line, scoredAt ? "score" : "scored_at", "", "must not be empty"));
        return [];
      }
      return [{ memberId, score, scoredAt, reasons: reasons ?? [], modelVersion: "import" }];
    });
    return { ...(await recordRiskScores(tx, given)), problems: [...problems, ...unknown] };
  },
});
