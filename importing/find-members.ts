import type { Tx } from "#db/client";
import { listMemberKeys } from "#db/queries/members";
import { isRefusal, MemberIndex } from "./identity.ts";
import { type Line, type Problem, refuse } from "./kind.ts";

type Keyed = { member_external_id?: string | null; member_email?: string | null };

/** The lines whose member is known, with the member's id, and why each other one is refused. */
export async function findMembers<Row extends Keyed>(tx: Tx, lines: Line<Row>[]) {
  const externalIds = new Set(lines.flatMap(({ row }) => row.member_external_id ?? []));
  const emails = new Set(lines.flatMap(({ row }) => row.member_email ?? []));
  const index = new MemberIndex(await listMemberKeys(tx, [...externalIds], [...emails]));
  const found: (Line<Row> & { memberId: number })[] = [];
  const problems: Problem[] = [];
  for (const { line, row } of lines) {
    const { member_external_id: externalId, member_email: email } = row;
    const member = index.find(externalId, email);
    if (member && !isRefusal(member)) {
      found.push({ line, row, memberId: member.id });
    } else {
      problems.push(explain(line, row, member));
    }
  }
  return { found, problems };
}

function explain(line: number, row: Keyed, refusal: ReturnType<MemberIndex<never>["find"]>): Problem {
  const { member_external_id: externalId, member_email: email } = row;
  if (refusal) {
    return refuse(
      line,
      `member_${refusal.column}`,
      refusal.column === "email" ? email : externalId,
      refusal.reason.replaceAll("external_id", "member_external_id"),
    );
  }
  if (!externalId && !email) {
    return refuse(line, "member_external_id" in row ? "member_external_id" : "member_email", "", "says whose it is");
  }
  return externalId
    ? refuse(line, "member_external_id", externalId, "no member has this external_id: import the members first")
    : refuse(line, "member_email", email, "no member has this address: import the members first");
}
