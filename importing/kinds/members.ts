import { defineKind } from "../kind.ts";
import { memberColumns } from "../members/columns.ts";
import { beginMembers } from "../members/import-members.ts";

export const members = defineKind({
  name: "members",
  columns: memberColumns,
  needs: [["external_id", "email"]],
  dateColumns: ["birth_date", "join_date", "membership_start", "membership_end"],
  begin: beginMembers,
});
