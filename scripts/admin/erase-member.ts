import type { Db } from "#db/client";
import { readClock } from "#engine/clock";
import { eraseMember } from "#engine/privacy/erase-member";
import { requireMember } from "./name-member.ts";
import { showOrDo } from "./show-or-do.ts";

/** Erases a member, or says what would go. */
export async function eraseNamed(db: Db, name: string, isMeant: boolean): Promise<string> {
  const memberId = await requireMember(db, "MEMBER", name);
  const clock = await readClock(db);
  const erased = await showOrDo(db, isMeant, (tx) => eraseMember(tx, memberId, null, clock));
  const head = isMeant
    ? `Member ${memberId} is erased: nothing says any more who they were.`
    : `Member ${memberId} would be erased. Nothing was changed: --yes does it, for good.`;
  const parts = Object.entries(erased).flatMap(([table, rows]) =>
    rows > 0 ? [`  ${table.replaceAll("_", " ")}: ${rows}`] : [],
  );
  return [head, ...parts].join("\n");
}
